"""Patterns of file names, matched as the shell does: no pattern is an error, `**` means no more than `*`."""

import fnmatch
import re
from pathlib import Path

MAGIC = re.compile(r"[*?\[]")


def escaped(text: str) -> str:
    """A pattern that matches the text itself."""
    return re.sub(r"[*?\[]", lambda found: f"[{found[0]}]", text)


def has_magic(pattern: str) -> bool:
    """Whether a pattern can match anything else than itself."""
    return bool(MAGIC.search(pattern))


def matches(root: Path, pattern: str) -> list[str]:
    """The paths below the folder `root` that match, relative to it and sorted. `pattern` has no leading slash."""
    found = [""]
    for segment in [part for part in pattern.split("/") if part]:
        found = [path for parent in found for path in _below(root, parent, segment)]
    return sorted(path for path in found if path)


def _below(root: Path, parent: str, segment: str) -> list[str]:
    try:
        names = [child.name for child in (root / parent).iterdir()]
    except OSError:
        return []
    # A leading dot has to be written out, as for every shell.
    shown = [name for name in names if segment.startswith(".") or not name.startswith(".")]
    return [f"{parent}/{name}" if parent else name for name in shown if fnmatch.fnmatchcase(name, segment)]
