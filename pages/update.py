"""The screen of a version that is too old."""

from dataclasses import dataclass
from re import Pattern

from masuk.automation.page import Page
from masuk.config.profile import UpdateScreen, named


@dataclass(frozen=True)
class UpdatePage(Page):
    """Demands an update."""

    at: UpdateScreen

    def message(self, meaning: Pattern[str], what: str) -> str:
        """Wait for a message with that meaning, and return it."""
        return self.screen.expect_text(self.at.message, meaning, what)

    def go(self) -> None:
        """Tap what leads to the newest version, and wait until that has an effect: another app, or a message."""
        self.screen.tap_for_effect(named(self.at.update, "screens.update.update"), "the update")
