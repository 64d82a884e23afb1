"""The screen of a version that is too old."""

from dataclasses import dataclass
from re import Pattern

from masuk.profile import UpdateScreen
from masuk.screen import Screen


@dataclass(frozen=True)
class UpdatePage:
    """Demands an update."""

    screen: Screen
    at: UpdateScreen

    def message(self, meaning: Pattern[str], what: str) -> str:
        """Wait for a message with that meaning, and return it."""
        return self.screen.expect_text(self.at.message, meaning, what)
