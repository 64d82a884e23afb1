"""What the verdicts of scenarios say of a seeded defect."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import pytest

from apk_tools.defects import Defect
from masuk.base.locations import Project
from masuk.cli import mutation_check
from masuk.cli.mutation_check import Control, Finding, Outcome, exit_code_of_selfcheck, judge, matrix
from masuk.results.verdict import Result, Verdict
from masuk.toolchain.tools import Toolchain
from tests.checkout import CHECKOUT

DEFECT = Defect("number-logged", "S1", "The number is logged.")


def results(*verdicts: Verdict) -> list[Result]:
    return [Result(f"scenario {number}", verdict, 1.0, "why") for number, verdict in enumerate(verdicts)]


def sound(*verdicts: Verdict) -> Control:
    return Control(results(*verdicts))


ALWAYS = sound(Verdict.PASSED, Verdict.PASSED)


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
    assert judge(DEFECT, results(*verdicts), ALWAYS).outcome is outcome


@pytest.mark.parametrize("of_sound", [Verdict.PRODUCT, Verdict.INFRASTRUCTURE, Verdict.NOT_PROVEN, Verdict.SKIPPED])
def test_what_the_sound_app_does_not_pass_catches_nothing(of_sound: Verdict) -> None:
    found = judge(DEFECT, results(Verdict.PRODUCT, Verdict.PASSED), sound(of_sound, Verdict.PASSED))
    assert (found.outcome, found.scenario) == (Outcome.UNCLEAR, "scenario 0")
    assert "sound app" in found.reason


def test_another_scenario_can_still_catch_it() -> None:
    found = judge(DEFECT, results(Verdict.PRODUCT, Verdict.PRODUCT), sound(Verdict.PRODUCT, Verdict.PASSED))
    assert (found.outcome, found.scenario) == (Outcome.CAUGHT, "scenario 1")


def test_what_the_sound_app_passes_only_sometimes_catches_nothing() -> None:
    twice = Control([*results(Verdict.PASSED), *results(Verdict.PRODUCT)])
    assert judge(DEFECT, results(Verdict.PRODUCT), twice).outcome is Outcome.UNCLEAR


def test_what_the_sound_app_has_not_run_catches_nothing() -> None:
    assert judge(DEFECT, results(Verdict.PRODUCT), Control([])).outcome is Outcome.UNCLEAR


class BenchOfTwoApps:
    """Runs nothing: knows the verdicts of both apps, and with which options it was asked."""

    asked: ClassVar[list[tuple[str, str | None, tuple[str, ...]]]] = []
    of_sound: ClassVar[list[Verdict]] = []
    of_defect: ClassVar[list[Verdict]] = []

    def __init__(self, *_: object) -> None:
        pass

    def __enter__(self) -> "BenchOfTwoApps":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def run(self, apk: Path, tags: str | None, *options: str) -> list[Result]:
        self.asked.append((apk.stem, tags, options))
        return results(*(self.of_sound if apk.stem == "reference-2.0.0" else self.of_defect))


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> type[BenchOfTwoApps]:
    monkeypatch.setattr(mutation_check, "TestBed", BenchOfTwoApps)
    monkeypatch.setattr(mutation_check, "_build", lambda _: None)
    monkeypatch.setattr(BenchOfTwoApps, "asked", [])
    return BenchOfTwoApps


def checked(tmp_path: Path) -> tuple[list[Finding], list[Result]]:
    return mutation_check.check(
        Toolchain(tmp_path), Project(CHECKOUT, tmp_path), 1, 1, ["number-logged"], report=lambda _: None
    )


def test_both_apps_run_the_same_scenarios_with_the_same_patience(
    bench: type[BenchOfTwoApps], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bench, "of_sound", [Verdict.PASSED])
    monkeypatch.setattr(bench, "of_defect", [Verdict.PRODUCT])
    findings, alarms = checked(tmp_path)
    (first, tags, options), (second, same_tags, same_options) = bench.asked
    assert (first, second) == ("reference-2.0.0", "number-logged")
    assert tags == same_tags == "S1"
    assert options[: options.index("--masuk-wait") + 2] == same_options[: same_options.index("--masuk-wait") + 2]
    assert [finding.outcome for finding in findings] == [Outcome.CAUGHT]
    assert not alarms


def test_a_run_of_a_defect_goes_on_past_what_the_sound_app_fails(
    bench: type[BenchOfTwoApps], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bench, "of_sound", [Verdict.PRODUCT, Verdict.PASSED])
    monkeypatch.setattr(bench, "of_defect", [Verdict.PRODUCT, Verdict.PRODUCT])
    (finding,), (alarm,) = checked(tmp_path)
    assert bench.asked[1][2][-2:] == ("--maxfail", "2")
    assert (finding.outcome, finding.scenario, alarm.scenario) == (Outcome.CAUGHT, "scenario 1", "scenario 0")


def test_the_matrix_says_who_has_caught_it() -> None:
    found = judge(DEFECT, results(Verdict.PASSED, Verdict.PRODUCT), ALWAYS)
    assert matrix([found, Finding(DEFECT, Outcome.MISSED)]).splitlines() == [
        "number-logged  S1  caught  scenario 1",
        "number-logged  S1  MISSED",
    ]


def test_the_exit_code_tells_what_was_missed_from_what_is_unclear() -> None:
    caught, missed, unclear = (
        Finding(DEFECT, outcome) for outcome in (Outcome.CAUGHT, Outcome.MISSED, Outcome.UNCLEAR)
    )
    assert exit_code_of_selfcheck([caught], []) == 0
    assert exit_code_of_selfcheck([caught, unclear], []) == 3
    assert exit_code_of_selfcheck([missed, unclear], []) == 1
    assert exit_code_of_selfcheck([caught], results(Verdict.PRODUCT)) == 1
    assert exit_code_of_selfcheck([caught], results(Verdict.INFRASTRUCTURE)) == 3
