"""The screen of a member who is logged in."""

from dataclasses import dataclass
from re import Pattern

from masuk.profile import HomeScreen, named
from masuk.screen import Screen


@dataclass(frozen=True)
class HomePage:
    """The member's card."""

    screen: Screen
    at: HomeScreen

    def loaded(self) -> None:
        """Wait until the card is there."""
        self.screen.expect(self.at.member_name, "the member's card")

    def member_name(self) -> str:
        """Whose card it is."""
        self.loaded()
        return self.screen.text(self.at.member_name) or ""

    def note(self, meaning: Pattern[str], what: str) -> str:
        """Wait for a note on the card with that meaning, and return it."""
        return self.screen.expect_text(named(self.at.note, "screens.home.note"), meaning, what)

    def log_out(self) -> None:
        """Leave."""
        self.screen.tap(named(self.at.logout, "screens.home.logout"))

    def refresh(self) -> None:
        """Ask the service for the card again."""
        self.screen.tap(named(self.at.refresh, "screens.home.refresh"))
