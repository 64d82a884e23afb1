"""The words of the command line lead somewhere."""

import argparse
from collections.abc import Iterator

from masuk import command_line
from masuk.cli import VERBS


def wanted(parser: argparse.ArgumentParser) -> Iterator[str]:
    """The verbs of a parser and of those below it."""
    if (verb := parser.get_default("verb")) is not None:
        yield verb
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from wanted(below)


def test_each_word_is_a_command() -> None:
    assert sorted(wanted(command_line.parser())) == sorted(VERBS)
