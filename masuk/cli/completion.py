"""What the Tab key knows: commands and options, files, and the names of faults, checks and defects."""

import argparse
from collections.abc import Iterable, Iterator

import shtab

from apk_tools.defects import load_defects
from masuk.base.locations import SUITE
from masuk.faults.catalogue import FAULTS
from masuk.gherkin.checks import CHECKS

FILES = {
    "FILE": shtab.FILE,
    "NEW.apk": shtab.FILE,
    "FOLDER": shtab.DIRECTORY,
    "FEATURE[:LINE]": shtab.glob("*.feature"),
}


def script(parser: argparse.ArgumentParser, shell: str) -> str:
    """What a shell reads to complete the words of a parser, which can parse no more after this."""
    defects = [defect.name for defect in load_defects(SUITE / "apps" / "reference" / "defects.toml")]
    names: dict[str, Iterable[str]] = {"FAULT": FAULTS, "TAGS": CHECKS, "DEFECT": defects}
    for action in _actions(parser):
        if action.metavar in FILES:
            action.complete = FILES[action.metavar]  # type: ignore[attr-defined]
        if action.metavar in names:
            action.choices = list(names[action.metavar])
    return shtab.complete(parser, shell)


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """The options and places of a parser and of those of its commands."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _actions(command)
        else:
            yield action
