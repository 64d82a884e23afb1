"""Whose failure it is."""

import pytest

from masuk.base.errors import DeviceError, FaultNotProven, SessionError
from masuk.results.exit_code import ExitCode, exit_code_of_run
from masuk.results.verdict import Result, Verdict, of_error


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (AssertionError("expected"), Verdict.PRODUCT),
        (FaultNotProven("no"), Verdict.NOT_PROVEN),
        (SessionError("gone"), Verdict.INFRASTRUCTURE),
        (DeviceError("gone"), Verdict.INFRASTRUCTURE),
        (KeyError("a mistake in a step"), Verdict.INFRASTRUCTURE),
    ],
)
def test_only_an_assertion_speaks_about_the_product(error: BaseException, verdict: Verdict) -> None:
    assert of_error(error) is verdict


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [
        ([Verdict.PASSED, Verdict.PASSED], ExitCode.PASSED),
        ([Verdict.PASSED, Verdict.SKIPPED], ExitCode.PASSED),
        ([Verdict.PASSED, Verdict.INFRASTRUCTURE], ExitCode.INFRASTRUCTURE),
        ([Verdict.NOT_PROVEN], ExitCode.INFRASTRUCTURE),
        ([Verdict.PRODUCT, Verdict.INFRASTRUCTURE], ExitCode.PRODUCT),
        ([Verdict.SKIPPED], ExitCode.NOTHING_RAN),
        ([], ExitCode.NOTHING_RAN),
    ],
)
def test_exit_codes(verdicts: list[Verdict], code: int) -> None:
    assert exit_code_of_run(Result("a scenario", verdict, 1.0) for verdict in verdicts) == code
