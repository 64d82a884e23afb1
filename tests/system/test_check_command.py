"""`masuk check`: one command and one exit code for a build."""

from pathlib import Path

import pytest
from lxml import etree

from masuk.automation.run_processes import Stack
from masuk.base.run_folder import VERDICTS
from masuk.device import Device
from masuk.results.verdict import read
from tests.checkout import CHECKOUT
from tests.scenarios import NO_CONNECTION
from tests.system.masuk_command import Finished, MasukCommand

PROFILE = CHECKOUT / "apps" / "reference" / "profile.toml"
OFFLINE = NO_CONNECTION


def check(masuk: MasukCommand, stack: Stack, *arguments: str, report: bool = False) -> Finished:
    apk = masuk.toolchain.apps / "reference-2.0.0.apk"
    more = ["--device", masuk.device.serial, "--appium-url", stack.ready_appium(), "--wait", "3"]
    more += [] if report else ["--no-report"]
    return masuk.finish(masuk.start_command("check", str(apk), *more, OFFLINE, *arguments))


@pytest.mark.usefixtures("device")
def test_a_good_build_passes(masuk: MasukCommand, stack: Stack) -> None:
    finished = check(masuk, stack)
    assert finished.code == 0, finished.output
    assert "reference-2.0.0.apk passes: 3 of 3 scenarios passed" in finished.output


def test_a_new_failure_breaks_the_build_and_a_known_one_does_not(
    masuk: MasukCommand, stack: Stack, wrong_profile: Path, tmp_path: Path
) -> None:
    verdicts = tmp_path / "verdicts.json"
    first = check(masuk, stack, "--profile", str(wrong_profile), "--verdicts", str(verdicts))
    assert first.code == 1, first.output
    assert "reference-2.0.0.apk FAILS: 0 of 3 scenarios passed\n\nnew failures:\n  No network:" in first.output
    second = check(masuk, stack, "--profile", str(wrong_profile), "--baseline", str(verdicts), report=True)
    assert second.code == 0, second.output
    assert "reference-2.0.0.apk has no new failure (3 known): 0 of 3 scenarios passed" in second.output
    assert "known failures:\n  No network:" in second.output
    failures = list(etree.parse(masuk.toolchain.root / "report" / "junit.xml").iter("failure"))
    assert [failure.get("type") for failure in failures] == ["known product failure"] * 3
    assert [found.scenario for found in read(masuk.toolchain.root / "results" / VERDICTS)] == [
        found.scenario for found in read(verdicts)
    ]
    third = check(masuk, stack, "--baseline", str(verdicts), "--minimum", "4")
    assert third.code == 5, third.output
    assert "3 scenarios have shown something, and --minimum is 4" in third.output
    assert "fixed since the baseline:\n  No network:" in third.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "absent.apk"], "absent.apk does not exist"),
        (["check", str(PROFILE)], "is no APK"),
        (["run", "--apk", "absent.apk"], "absent.apk does not exist"),
        (["run", "--previous", "absent.apk"], "absent.apk does not exist"),
        (["run", "--profile", "absent.toml"], "absent.toml: no such file"),
        (["run", "--wait", "soon"], "--wait: is no number; write it as a number"),
        (["run", "--backend", "https://10.0.2.2:1"], "Add --accounts."),
        (
            ["run", "--backend", "10.0.2.2", "--accounts", "a.toml"],
            "backend: does not have the right form; write it like https:",
        ),
        (["run", "features/absent.feature"], "features/absent.feature"),
        (["check", "absent.apk", "--baseline", "absent.json"], "absent.json: can't be read: No such file"),
    ],
)
def test_what_can_not_be_right_is_said_before_anything_is_started(
    arguments: list[str], said: str, masuk: MasukCommand, device: Device
) -> None:
    finished = masuk.finish(masuk.start_command(*arguments, "--device", device.serial, "--no-report"))
    assert finished.code == 4, finished.output
    assert said in finished.output
    assert "Traceback" not in finished.output
