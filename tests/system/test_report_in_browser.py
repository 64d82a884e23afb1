"""The report as its reader has it: opened from disk in Chromium, which asks nobody for anything."""

from pathlib import Path

from ci.browser.reader import read
from masuk.automation.run_processes import Stack
from masuk.toolchain.tools import Toolchain
from tests.scenarios import LOGIN, PASSWORD_HIDDEN
from tests.system.masuk_command import MasukCommand

SCENARIO = "The password is hidden until she asks to see it"
STEPS = [
    "Given Rini is a member",
    "When she fills in the form",
    "Then her password is hidden",
    "When she asks to see it",
    "Then her password is shown",
]


def test_a_reader_finds_scenario_steps_pictures_and_evidence(masuk: MasukCommand, stack: Stack, tmp_path: Path) -> None:
    finished = masuk.run(PASSWORD_HIDDEN, LOGIN, "--appium-url", stack.ready_appium())
    assert finished.code == 0, finished.output
    report = masuk.toolchain.root / "report" / "index.html"
    seen = read(Toolchain.default(), report, SCENARIO, tmp_path / "report.png")
    assert sorted(seen.sections) == ["Form", "Login"]
    assert SCENARIO in seen.scenarios
    assert len(seen.scenarios) == 2
    assert seen.title == SCENARIO
    assert seen.steps == STEPS
    assert seen.links == ["P7: The password is masked, can be revealed, and accepts a paste."]
    assert seen.pictures == [[822, 1782]]
    assert {text.splitlines()[1] for text in seen.attachments} >= {"screen", "logcat", "backend transcript"}
    assert seen.teardown == []
    assert seen.asked == []
    assert seen.complaints == []
    assert (tmp_path / "report.png").read_bytes().startswith(b"\x89PNG")
