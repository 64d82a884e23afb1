"""The defects that the reference app can be built with, one at a time, to test the tests."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from apps.errors import BuildError

CATALOGUE = Path(__file__).parent / "reference" / "defects.toml"


@dataclass(frozen=True)
class Defect:
    """A promise that a build breaks: its name, the check that has to notice, and what the app does."""

    name: str
    check: str
    breaks: str


def load_defects(path: Path = CATALOGUE) -> list[Defect]:
    """Every defect, in the order of the file. Raises BuildError naming the entry that is wrong."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    defects = []
    for name, entry in content.items():
        try:
            defects.append(Defect(name, str(entry["check"]), str(entry["breaks"])))
        except (KeyError, TypeError) as error:
            raise BuildError(f"{path.name}: [{name}] needs check and breaks, both texts") from error
    return defects
