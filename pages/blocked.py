"""The screen of a member whose account is blocked."""

from dataclasses import dataclass
from re import Pattern

from masuk.profile import BlockedScreen
from masuk.screen import Screen


@dataclass(frozen=True)
class BlockedPage:
    """Says that the account is blocked and what helps."""

    screen: Screen
    at: BlockedScreen

    def message(self, meaning: Pattern[str], what: str) -> str:
        """Wait for a message with that meaning, and return it."""
        return self.screen.expect_text(self.at.message, meaning, what)
