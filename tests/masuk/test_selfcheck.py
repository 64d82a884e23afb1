"""What the verdicts of scenarios say of a seeded defect."""

from collections.abc import Sequence

import pytest

from apps.defects import Defect
from masuk.selfcheck import Finding, Outcome, exit_code, judge, matrix
from masuk.verdict import Result, Verdict

DEFECT = Defect("number-logged", "S1", "The number is logged.")


def results(*verdicts: Verdict) -> list[Result]:
    return [Result(f"scenario {number}", verdict, 1.0, "why") for number, verdict in enumerate(verdicts)]


@pytest.mark.parametrize(
    ("verdicts", "outcome"),
    [
        ([Verdict.PASSED, Verdict.PRODUCT], Outcome.CAUGHT),
        ([Verdict.INFRASTRUCTURE, Verdict.PRODUCT], Outcome.CAUGHT),
        ([Verdict.PASSED, Verdict.INFRASTRUCTURE], Outcome.UNCLEAR),
        ([Verdict.NOT_PROVEN], Outcome.UNCLEAR),
        ([Verdict.PASSED, Verdict.SKIPPED], Outcome.MISSED),
        ([Verdict.SKIPPED], Outcome.NO_SCENARIO),
        ([], Outcome.NO_SCENARIO),
    ],
)
def test_only_a_product_failure_catches_a_defect(verdicts: Sequence[Verdict], outcome: Outcome) -> None:
    assert judge(DEFECT, results(*verdicts)).outcome is outcome


def test_the_matrix_says_who_has_caught_it() -> None:
    found = judge(DEFECT, results(Verdict.PASSED, Verdict.PRODUCT))
    assert matrix([found, Finding(DEFECT, Outcome.MISSED)]).splitlines() == [
        "number-logged  S1  caught  scenario 1",
        "number-logged  S1  MISSED",
    ]


def test_the_exit_code_tells_what_was_missed_from_what_is_unclear() -> None:
    caught, missed, unclear = (
        Finding(DEFECT, outcome) for outcome in (Outcome.CAUGHT, Outcome.MISSED, Outcome.UNCLEAR)
    )
    assert exit_code([caught], []) == 0
    assert exit_code([caught, unclear], []) == 3
    assert exit_code([missed, unclear], []) == 1
    assert exit_code([caught], results(Verdict.PRODUCT)) == 1
    assert exit_code([caught], results(Verdict.INFRASTRUCTURE)) == 3
