import argparse

import pytest

from masuk.base.whole_numbers import at_least, counted, workers


def test_one_is_not_told_as_many() -> None:
    assert [counted(number, "scenario") for number in (0, 1, 2)] == ["0 scenarios", "1 scenario", "2 scenarios"]


def test_numbers_are_taken_from_the_smallest_on() -> None:
    assert [at_least(1)("1"), at_least(0)("0"), at_least(1)("12")] == [1, 0, 12]
    assert [workers("auto"), workers("2")] == ["auto", "2"]


@pytest.mark.parametrize("text", ["0", "-2", "1.5", "x", ""])
def test_what_is_no_such_number_is_said_with_the_smallest(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=f'"{text}" is no whole number from 1 on'):
        at_least(1)(text)
    with pytest.raises(argparse.ArgumentTypeError, match=f'"{text}" is no whole number from 1 on, and not auto'):
        workers(text)
