"""The words of the command line lead somewhere."""

import argparse
from collections.abc import Iterator
from itertools import permutations

from masuk.cli import parser
from masuk.cli.main import VERBS


def wanted(parser: argparse.ArgumentParser) -> Iterator[str]:
    """The verbs of a parser and of those below it."""
    if (verb := parser.get_default("verb")) is not None:
        yield verb
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from wanted(below)


def test_each_word_is_a_command() -> None:
    assert sorted(wanted(parser.parser())) == sorted(VERBS)


def test_places_and_options_may_stand_in_any_order() -> None:
    parts = (["new.apk", "a.feature"], ["--previous", "old.apk"], ["b.feature:3"], ["--minimum", "5"])
    for order in permutations(parts):
        if order.index(parts[0]) < order.index(parts[2]):  # the build comes before the places
            options = parser.parser().parse_args(["check", *(word for part in order for word in part)])
            assert (options.apk, options.places) == ("new.apk", ["a.feature", "b.feature:3"])
            assert (options.previous, options.minimum) == ("old.apk", 5)


def test_a_command_below_another_has_its_options() -> None:
    options = parser.parser().parse_args(["new", "app", "--apk", "a.apk", "mine", "--wait", "3"])
    assert (options.verb, options.name, options.apk, options.wait) == ("new app", "mine", "a.apk", "3")
