"""The screen of a member who is logged in."""

from dataclasses import dataclass

from masuk.profile import HomeScreen
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
