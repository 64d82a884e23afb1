"""A tester at a terminal: a pause before each step, and everything as it was when one has failed."""

import re
import shlex
import subprocess
from pathlib import Path

from masuk.automation.run_processes import Stack
from tests.scenarios import NO_CONNECTION, PASSWORD_HIDDEN
from tests.system.masuk_command import RUN_SECONDS, MasukCommand
from tests.system.terminal import at_a_terminal


def test_before_each_step_the_screen_is_shown(masuk: MasukCommand, stack: Stack) -> None:
    words = (PASSWORD_HIDDEN, "--no-report", "--step", "--appium-url", stack.ready_appium())
    with at_a_terminal(masuk, *words) as (terminal, run):
        steps = (
            "Given Rini is a member",
            "When she fills in the form",
            "Then her password is hidden",
            "When she asks to see it",
        )
        for number, step in enumerate(steps, 1):
            shown = terminal.wait_for("Enter goes on")
            assert ("=== Form: " in shown) == (number == 1)
            assert f"next, {number} of 5: {step}" in shown
            terminal.press_enter()
        shown = terminal.wait_for("Enter goes on")
        assert "The screen showed: " in shown
        picture = masuk.toolchain.root / "logs" / "screen.png"
        assert f"picture: {picture}" in shown
        assert picture.read_bytes().startswith(b"\x89PNG")
        terminal.press_enter()
        terminal.wait_for("1 passed")
        assert run.wait(RUN_SECONDS) == 0


def test_a_failure_is_kept_until_enter(masuk: MasukCommand, stack: Stack, wrong_profile: Path) -> None:
    where = (NO_CONNECTION, "--profile", str(wrong_profile), "--appium-url", stack.ready_appium())
    with at_a_terminal(masuk, *where, "--no-report", "--keep", "--wait", "2") as (terminal, run):
        shown = terminal.wait_for("Enter restores everything")
        shell = re.search(rf"device  {masuk.device.serial}; (.* shell)\r", shown)
        assert shell is not None, shown
        words = [*shlex.split(shell[1]), "getprop", "ro.build.version.sdk"]
        assert subprocess.run(words, env={}, capture_output=True, check=True).stdout.strip() == b"35"
        assert "faults  network-off" in shown
        assert masuk.device.shell("settings get global airplane_mode_on").strip() == "1"
        terminal.press_enter()
        terminal.wait_for("1 failed")
        assert run.wait(RUN_SECONDS) == 1
    assert masuk.device.shell("settings get global airplane_mode_on").strip() == "0"
