"""The defects that the reference app can be built with, one at a time, to test the tests."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from apk_tools.errors import BuildError


@dataclass(frozen=True)
class Defect:
    """A promise that a build breaks: its name, the check that has to notice, and what the app does."""

    name: str
    check: str
    breaks: str
    manifest: tuple[str, str] | None = None
    """What stands in the place of what in the manifest, for a defect that is not in the code."""


def load_defects(path: Path) -> list[Defect]:
    """Every defect of a catalogue such as apps/reference/defects.toml, in the order of the file.

    Raises BuildError naming the entry that is wrong.
    """
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    defects = []
    for name, entry in content.items():
        try:
            manifest = entry.get("manifest")
            change = (str(manifest["sound"]), str(manifest["broken"])) if manifest else None
            defects.append(Defect(name, str(entry["check"]), str(entry["breaks"]), change))
        except (KeyError, TypeError, AttributeError) as error:
            raise BuildError(
                f"{path.name}: [{name}] needs check and breaks, both texts; manifest, if any, has sound and broken"
            ) from error
    return defects
