"""Scenarios are tested too: with its faults withheld, a scenario that speaks of a failure must fail."""

from collections.abc import Iterable
from enum import Enum

from masuk.results.exit_code import ExitCode
from masuk.results.verdict import Verdict


class Control(Enum):
    """What a scenario has shown about itself in a run without faults."""

    NOTICED = "noticed"
    """It failed: it does see whether its fault is there."""
    WORTHLESS = "WORTHLESS"
    """It passed although nothing was wrong: it would pass whatever the app does."""
    NO_FAULT = "without a fault"
    UNDECIDED = "not shown"
    """The tools failed, or it was skipped."""


def judge(verdict: Verdict, withheld: int) -> Control:
    """Judge a scenario by its verdict and the number of faults that were withheld from it."""
    if verdict is Verdict.PRODUCT and withheld:
        return Control.NOTICED
    if verdict is Verdict.PASSED:
        return Control.WORTHLESS if withheld else Control.NO_FAULT
    return Control.UNDECIDED


def exit_code_of_controls(controls: Iterable[Control]) -> int:
    """1 when a scenario is worthless, 3 when nothing is shown about one, else 0."""
    found = set(controls)
    if Control.WORTHLESS in found:
        return ExitCode.PRODUCT
    return ExitCode.INFRASTRUCTURE if Control.UNDECIDED in found else ExitCode.PASSED
