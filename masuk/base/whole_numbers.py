"""Whole numbers: as they are told to people, and as people give them on the command line."""

from argparse import ArgumentTypeError
from collections.abc import Callable


def counted(number: int, noun: str) -> str:
    """How many there are: `1 scenario`, `2 scenarios`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def at_least(least: int) -> Callable[[str], int]:
    """With what argparse reads a whole number that is not smaller than `least`."""

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = least - 1
        if number < least:
            raise ArgumentTypeError(f'"{text}" is no whole number from {least} on')
        return number

    return read


def workers(text: str) -> str:
    """With what argparse reads a number of processes, which pytest-xdist can also choose itself."""
    try:
        return text if text == "auto" else str(at_least(1)(text))
    except ArgumentTypeError as error:
        raise ArgumentTypeError(f"{error}, and not auto") from error
