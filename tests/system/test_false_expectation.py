"""A scenario whose expectation is false fails as the product's failure, and says why."""

from pathlib import Path

from masuk.services import Stack
from masuk.toolchain import CHECKOUT
from tests.system.masuk_command import MasukCommand

PROFILE = CHECKOUT / "apps" / "reference" / "profile.toml"


def test_it_exits_1_and_says_what_was_expected_and_what_the_screen_showed(
    masuk: MasukCommand, stack: Stack, tmp_path: Path
) -> None:
    wrong = tmp_path / "profile.toml"
    lines = [
        'no_connection = "words that no app says"' if line.startswith("no_connection =") else line
        for line in PROFILE.read_text().splitlines()
    ]
    wrong.write_text("\n".join(lines))

    finished = masuk.run(
        "features/no_network.feature:5", "--profile", str(wrong), "--appium-url", stack.appium_url, "--no-report"
    )

    assert finished.code == 1, finished.output
    assert "product failure" in finished.output
    assert "Expected a message that there is no connection: a text like /words that no app says/" in finished.output
    assert "which said 'Anda sedang offline." in finished.output
    assert "The screen showed: " in finished.output
