"""`masuk run --watch`: a save is answered with a verdict, on the device and in the session of the one before."""

import signal
from pathlib import Path

from masuk.automation.run_processes import Stack
from tests.scenarios import PASSWORD_HIDDEN
from tests.system.homes import copy_of_project
from tests.system.masuk_command import MasukCommand
from tests.system.terminal import at_a_terminal

PARTS = ("apps", "conftest.py", "features", "handset", "masuk", "pages", "pyproject.toml", "steps", "masuk.toml")
RIGHT = "Then her password is hidden"
UNKNOWN = "Then her password is spelled out"
WRONG = "Then she sees her card"


def test_a_save_is_answered_with_a_verdict_in_the_same_session(
    masuk: MasukCommand, stack: Stack, tmp_path: Path
) -> None:
    copy = copy_of_project(tmp_path, PARTS)
    feature = copy / "features" / "form.feature"
    sound = feature.read_text()
    words = (PASSWORD_HIDDEN, "--no-report", "--watch", "--appium-url", stack.ready_appium())
    assert stack.appium is not None
    with at_a_terminal(masuk.of(copy), *words) as (terminal, run):
        terminal.wait_for("1 passed")
        terminal.wait_for("waiting for a save")
        opened = sessions(stack)
        for mistake, answer in ((UNKNOWN, "no step says"), (WRONG, "1 failed")):
            feature.write_text(sound.replace(RIGHT, mistake))
            terminal.wait_for("saved: features/form.feature")
            terminal.wait_for(answer)
            terminal.wait_for("waiting for a save")
        feature.write_text(f"# moved by a line\n{sound}")
        terminal.wait_for("1 passed")
        terminal.wait_for("waiting for a save")
        assert sessions(stack) == opened
        run.send_signal(signal.SIGINT)
        terminal.wait_for("Ended.")
        assert run.wait() == 0


def sessions(stack: Stack) -> int:
    """How many were opened on the Appium server so far."""
    assert stack.appium is not None
    return stack.appium.tail(100_000).count("session created successfully")
