"""TOML files that people write: read, with messages that name the file, the key and the cure, and quoted."""

import json
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from masuk.errors import UsageError

M = TypeVar("M", bound=BaseModel)

CURES = {
    "missing": "add it",
    "extra_forbidden": "remove it, or correct its spelling",
    "string_type": "write it as a text in quotes",
    "int_type": "write it as a whole number",
    "float_type": "write it as a number",
    "bool_type": "write true or false",
}


class Document(BaseModel):
    """A part of a TOML file: no unknown keys, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


def read_toml(path: Path) -> dict[str, Any]:
    """The file's content. Raises UsageError when it is absent or no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file. Check the path, or create the file.") from None
    except OSError as error:
        raise UsageError(f"{path}: can't be read: {error.strerror}. Check its permissions.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: is not valid TOML: {error}. Correct that line.") from error


def validate(model: type[M], content: dict[str, Any], source: str) -> M:
    """`content` as a `model`. Raises UsageError with one line per wrong key; `source` names where it stands."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        lines = []
        for problem in error.errors():
            key = ".".join(str(part) for part in problem["loc"]) or "(whole file)"
            cure = CURES.get(problem["type"], "correct it")
            lines.append(f"{source}: {key}: {problem['msg'].removeprefix('Value error, ')}; {cure}.")
        raise UsageError("\n".join(lines)) from None


def as_toml(text: str) -> str:
    """A text as TOML has it, between the quotes that leave it most readable."""
    if '"' in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False)
