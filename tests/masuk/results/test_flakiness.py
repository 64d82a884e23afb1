"""Scenarios that were run more than once."""

from masuk.results.flakiness import disagreements, numbered
from masuk.results.verdict import Result, Verdict


def times(title: str, *verdicts: Verdict) -> list[Result]:
    return [Result(numbered(title, number), verdict, 1.0) for number, verdict in enumerate(verdicts, start=1)]


def test_only_scenarios_that_say_different_things_are_named() -> None:
    steady = times("Blocked: told [a, time of day]", Verdict.PASSED, Verdict.PASSED, Verdict.PASSED)
    broken = times("Blocked: kept", Verdict.PRODUCT, Verdict.PRODUCT)
    fickle = times("No network: told", Verdict.PASSED, Verdict.INFRASTRUCTURE, Verdict.PASSED)
    found = disagreements([*steady, *broken, *fickle])
    assert found == {"No network: told": {Verdict.PASSED: 2, Verdict.INFRASTRUCTURE: 1}}
