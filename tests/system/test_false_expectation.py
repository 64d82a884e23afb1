"""A scenario whose expectation is false fails as the product's failure, and says why."""

from pathlib import Path

from masuk.automation.run_processes import Stack
from tests.scenarios import NO_CONNECTION
from tests.system.masuk_command import MasukCommand


def test_it_exits_1_and_says_what_was_expected_and_what_the_screen_showed(
    masuk: MasukCommand, stack: Stack, wrong_profile: Path
) -> None:
    finished = masuk.run(
        NO_CONNECTION,
        "--profile",
        str(wrong_profile),
        "--appium-url",
        stack.ready_appium(),
        "--no-report",
    )

    assert finished.code == 1, finished.output
    assert "product failure" in finished.output
    assert "Expected a message that there is no connection: a text like /words that no app says/" in finished.output
    assert "which said 'Anda sedang offline." in finished.output
    assert "The screen showed: " in finished.output
