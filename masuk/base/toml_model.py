"""TOML files that people write: read, with messages that name the file, the key and the cure, and quoted."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from masuk.base.errors import UsageError

M = TypeVar("M", bound=BaseModel)

CURES = {
    "empty": "write it, or $NAME for the variable that holds it",
    "missing": "add it",
    "extra_forbidden": "remove it, or correct its spelling",
    "string_type": "write it as a text in quotes",
    "int_type": "write it as a whole number",
    "float_type": "write it as a number",
    "float_parsing": "write it as a number",
    "int_parsing": "write it as a whole number",
    "dict_type": 'write it as { name = "value" }',
    "string_too_short": "write more",
    "bool_type": "write true or false",
}


WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is no key that is known here",
    "string_pattern_mismatch": "does not have the right form",
    "string_too_short": "is too short",
    "string_type": "is no text",
    "int_type": "is no number",
    "float_type": "is no number",
    "float_parsing": "is no number",
    "int_parsing": "is no number",
    "dict_type": "is no table",
}
"""Our own for what pydantic says."""


class Document(BaseModel):
    """A part of a TOML file: no unknown keys, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


def read_toml(path: Path) -> dict[str, Any]:
    """The file's content. Raises UsageError when it is absent or no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file. Check the path, or create the file.") from None
    except IsADirectoryError:
        raise UsageError(f"{path}: is a folder. Name the file in it.") from None
    except OSError as error:
        raise UsageError(f"{path}: can't be read: {error.strerror}. Check its permissions.") from error
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{path}: byte {error.object[error.start]:#04x} at place {error.start} is no UTF-8. Save the file as UTF-8."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path}: is not valid TOML: {error}. Correct that line.") from error


def validate(model: type[M], content: dict[str, Any], source: str, named: Mapping[str, str] | None = None) -> M:
    """`content` as a `model`. Raises UsageError with one line per wrong key; `source` names where it stands.

    `named` has the names of keys that were given elsewhere, such as `--wait` on the command line.
    """
    try:
        return model.model_validate(content)
    except ValidationError as error:
        lines = []
        for problem in error.errors():
            key = ".".join(str(part) for part in problem["loc"]) or "(whole file)"
            name = (named or {}).get(key, f"{source}: {key}")
            words = WORDS.get(problem["type"]) or problem["msg"].removeprefix("Value error, ").removeprefix("Input ")
            lines.append(f"{name}: {words}; {_cure(model, problem)}.")
        raise UsageError("\n".join(lines)) from None


def _cure(model: type[BaseModel], problem: ErrorDetails) -> str:
    """What to do about a wrong value: for a text of the wrong form, an example of the right one."""
    if problem["type"] == "string_pattern_mismatch":
        known: type[BaseModel] | None = model
        examples = None
        for part in problem["loc"]:
            field = known.model_fields.get(str(part)) if known is not None else None
            examples = field.examples if field is not None else None
            known = field.annotation if field is not None and isinstance(field.annotation, type) else None
        if examples:
            return f"write it like {examples[0]}"
    return CURES.get(problem["type"], "correct it")


def as_toml(text: str) -> str:
    """A text as TOML has it, between the quotes that leave it most readable."""
    if '"' in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False)
