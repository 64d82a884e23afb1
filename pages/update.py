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

    def follow(self) -> None:
        """Tap what leads to the newest version."""
        self.screen.tap(named(self.at.update, "screens.update.update"))
