"""The verdict on a build, against a baseline."""

from dataclasses import replace
from pathlib import Path

import pytest

from masuk.base.errors import UsageError
from masuk.results.baseline import BuildCheck
from masuk.results.exit_code import ExitCode
from masuk.results.verdict import DeviceKind, Result, Verdict, read_earlier, write

PASSED, PRODUCT, SKIPPED = Verdict.PASSED, Verdict.PRODUCT, Verdict.SKIPPED
TROUBLE, UNPROVEN = Verdict.INFRASTRUCTURE, Verdict.NOT_PROVEN


def results(**verdicts: Verdict) -> list[Result]:
    return [Result(name, verdict, 1.0) for name, verdict in verdicts.items()]


def names(found: list[Result]) -> list[str]:
    return [result.scenario for result in found]


def test_a_failure_that_the_baseline_has_does_not_break_the_build_and_a_new_one_does() -> None:
    baseline = results(old=PRODUCT, mended=PRODUCT, fine=PASSED)
    known = BuildCheck.of(results(old=PRODUCT, mended=PASSED, fine=PASSED), baseline)
    assert (names(known.new), names(known.known), names(known.fixed)) == ([], ["old"], ["mended"])
    assert known.exit_code == ExitCode.PASSED
    worse = BuildCheck.of(results(old=PRODUCT, mended=PASSED, fine=PRODUCT), baseline)
    assert names(worse.new) == ["fine"]
    assert worse.exit_code == ExitCode.PRODUCT


@pytest.mark.parametrize(
    ("found", "minimum", "code"),
    [
        (results(a=PASSED), 1, ExitCode.PASSED),
        (results(a=PRODUCT, b=TROUBLE), 1, ExitCode.PRODUCT),
        (results(a=PASSED, b=TROUBLE), 1, ExitCode.INFRASTRUCTURE),
        (results(a=PASSED, b=UNPROVEN), 1, ExitCode.INFRASTRUCTURE),
        (results(a=PASSED, b=SKIPPED), 2, ExitCode.NOTHING_RAN),
        ([], 1, ExitCode.NOTHING_RAN),
    ],
)
def test_the_exit_code_says_what_the_build_is_worth(found: list[Result], minimum: int, code: int) -> None:
    assert BuildCheck.of(found, minimum=minimum).exit_code == code


def test_scenarios_that_have_vanished_are_named() -> None:
    check = BuildCheck.of(results(a=PASSED, b=SKIPPED), results(a=PASSED, b=PASSED, c=PRODUCT, d=SKIPPED))
    assert names(check.gone) == ["b", "c"]


PIXEL, GALAXY = DeviceKind("Pixel 8", "35"), DeviceKind("Galaxy S", "34")


def on(device: DeviceKind, **verdicts: Verdict) -> list[Result]:
    return [replace(result, device=device) for result in results(**verdicts)]


def test_a_failure_that_is_known_on_one_device_is_new_on_another() -> None:
    baseline = [*on(PIXEL, a=PRODUCT, b=PASSED), *on(GALAXY, a=PASSED, b=PRODUCT)]
    check = BuildCheck.of([*on(PIXEL, a=PRODUCT, b=PRODUCT), *on(GALAXY, a=PRODUCT, b=PASSED)], baseline)
    assert [(found.scenario, found.device) for found in check.new] == [("b", PIXEL), ("a", GALAXY)]
    assert [(found.scenario, found.device) for found in check.known] == [("a", PIXEL)]
    assert [(found.scenario, found.device) for found in check.fixed] == [("b", GALAXY)]
    assert check.gone == []
    assert BuildCheck.of(on(PIXEL, a=PASSED, b=PASSED), baseline).gone == on(GALAXY, a=PASSED, b=PRODUCT)


def test_a_baseline_without_devices_is_one_of_any_device(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.json"
    path.write_text('[{"scenario": "a", "verdict": "PRODUCT", "seconds": 1.0, "reason": "", "faults": 0}]')
    baseline = read_earlier(path)
    check = BuildCheck.of([*on(PIXEL, a=PRODUCT), *on(GALAXY, a=PRODUCT)], baseline)
    assert (len(check.known), check.new, check.gone) == (2, [], [])
    assert names(BuildCheck.of(on(PIXEL, a=PASSED), baseline).fixed) == ["a"]


def test_what_has_not_reached_a_device_is_not_gone() -> None:
    assert BuildCheck.of(results(a=TROUBLE), on(PIXEL, a=PASSED)).gone == []


def test_the_summary_names_devices_where_a_scenario_has_run_on_several() -> None:
    check = BuildCheck.of([*on(PIXEL, a=PRODUCT), *on(GALAXY, a=PRODUCT, b=PRODUCT)])
    new = "new failures:\n  a (on Pixel 8, API level 35)\n  a (on Galaxy S, API level 34)\n  b"
    assert new in check.summary("app.apk")


def test_the_summary_says_all_of_it() -> None:
    check = BuildCheck.of(results(a=PRODUCT, b=PRODUCT, c=PASSED, d=TROUBLE), results(b=PRODUCT, c=PRODUCT, e=PASSED))
    assert check.summary("app.apk") == (
        "app.apk FAILS: 1 of 4 scenarios passed\n\n"
        "new failures:\n  a\n\nknown failures:\n  b\n\nfixed since the baseline:\n  c\n\n"
        "not run, though in the baseline:\n  e\n\nnot decided:\n  d"
    )


@pytest.mark.parametrize(
    ("found", "minimum", "said"),
    [
        (results(a=PASSED), 1, "app.apk passes: 1 of 1 scenario passed"),
        (results(a=PASSED, b=PASSED), 1, "app.apk passes: 2 of 2 scenarios passed"),
        (results(a=PASSED, known=PRODUCT), 1, "app.apk has no new failure (1 known): 1 of 2 scenarios passed"),
        (results(a=PASSED), 2, "app.apk is not decided: 1 scenario has shown something, and --minimum is 2"),
        (
            results(a=PASSED, b=PASSED),
            3,
            "app.apk is not decided: 2 scenarios have shown something, and --minimum is 3",
        ),
        (results(a=SKIPPED), 1, "app.apk is not decided: no scenario has shown anything, and --minimum is 1"),
        (
            results(a=PASSED, b=TROUBLE),
            1,
            "app.apk is not decided, since something else than the build failed: 1 of 2 scenarios passed",
        ),
    ],
)
def test_its_first_line_is_the_verdict(found: list[Result], minimum: int, said: str) -> None:
    assert BuildCheck.of(found, results(known=PRODUCT), minimum).summary("app.apk").splitlines()[0] == said


def test_a_baseline_is_what_a_run_has_written(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.json"
    write(results(a=PRODUCT), path)
    assert names(read_earlier(path)) == ["a"]


@pytest.mark.parametrize("content", [None, "", "{}", '[{"scenario": "a"}]', "[1]", '{"a": 1}'])
def test_a_file_that_is_no_baseline_is_explained(content: str | None, tmp_path: Path) -> None:
    path = tmp_path / "verdicts.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(UsageError, match=r"Make one with: masuk run --verdicts"):
        read_earlier(path)
