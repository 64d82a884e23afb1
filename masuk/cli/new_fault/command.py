"""Writes a fault and a feature about it, to be completed."""

import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from masuk.base.errors import UsageError
from masuk.base.locations import PACKAGE, Project
from masuk.faults.catalogue import FAULTS

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def new_fault(name: str, project: Project, say: Callable[[str], None]) -> None:
    """Write the module of a fault and a feature with one scenario, which is "fault not proven" until it is completed.

    Raises UsageError for a name that is none, that a fault has already, or whose files are there, with nothing written.
    """
    if not NAME.fullmatch(name):
        raise UsageError(f'"{name}" is no name of a fault. Write words of small letters and digits: network-off.')
    if name in FAULTS:
        raise UsageError(f"There is a fault {name} already: {FAULTS[name].sentence} Choose another name.")
    module = name.replace("-", "_")
    # The suite's own faults are in the package.
    faults = PACKAGE / "faults" if project.is_suite else project.root / "faults"
    written = {faults / f"{module}.py": "fault.py", project.features / f"{module}.feature": "fault.feature"}
    for path in written:
        if path.exists():
            raise UsageError(f"{path} is there already. Choose another name, or move it.")
    title = name.replace("-", " ").capitalize()
    words = {
        "SENTENCE": f"{title}: write here what goes wrong.",
        "CLASS": "".join(word.capitalize() for word in name.split("-")),
        "TITLE": title,
        "NAME": name,
        "PATH": str(next(iter(written)).relative_to(project.root)),
    }
    for path, template in written.items():
        text = (files(__package__) / "templates" / f"{template}.template").read_text(encoding="utf-8")
        for word, meant in words.items():
            text = text.replace(word, meant)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        say(f"wrote  {path}")
    _, feature = written
    say(f"\nComplete both, then: masuk run {_short(feature)}")
    say(f"and, to see that it notices the fault: masuk run {_short(feature)} --without-faults")


def _short(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
