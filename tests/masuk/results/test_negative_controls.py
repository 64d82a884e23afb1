"""What a run without faults says of a scenario."""

import pytest

from masuk.results.negative_controls import Control, exit_code_of_controls, judge
from masuk.results.verdict import Verdict


@pytest.mark.parametrize(
    ("verdict", "withheld", "shown"),
    [
        (Verdict.PRODUCT, 1, Control.NOTICED),
        (Verdict.PASSED, 1, Control.WORTHLESS),
        (Verdict.PASSED, 0, Control.NO_FAULT),
        (Verdict.PRODUCT, 0, Control.UNDECIDED),
        (Verdict.INFRASTRUCTURE, 1, Control.UNDECIDED),
        (Verdict.NOT_PROVEN, 1, Control.UNDECIDED),
        (Verdict.SKIPPED, 0, Control.UNDECIDED),
    ],
)
def test_a_scenario_is_judged_by_its_verdict_and_what_was_withheld(
    verdict: Verdict, withheld: int, shown: Control
) -> None:
    assert judge(verdict, withheld) is shown


def test_one_worthless_scenario_decides_the_run() -> None:
    assert exit_code_of_controls([Control.NOTICED, Control.NO_FAULT]) == 0
    assert exit_code_of_controls([Control.NOTICED, Control.UNDECIDED]) == 3
    assert exit_code_of_controls([Control.UNDECIDED, Control.WORTHLESS]) == 1
