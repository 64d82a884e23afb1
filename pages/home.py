"""The screen of a member who is logged in."""

import re
from dataclasses import dataclass
from re import Pattern

from masuk.automation.page import Page
from masuk.config.profile import HomeScreen, named
from masuk.gherkin.check_limits import SIGN_OF_WORK_SECONDS

WORKING = "a sign that the card is being asked for"


@dataclass(frozen=True)
class HomePage(Page):
    """The member's card."""

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

    def busy(self, void_after: float) -> None:
        """See that it shows in time that it is at work; `void_after` seconds after the tap the work may be done."""
        sign = named(self.at.busy, "screens.home.busy")
        self.screen.comes_in_time([sign], WORKING, self.screen.tapped, SIGN_OF_WORK_SECONDS, void_after)

    def stays_busy(self, seconds: float, void_after: float) -> None:
        """See that it still shows that `seconds` after the tap."""
        sign = named(self.at.busy, "screens.home.busy")
        self.screen.stays(sign, WORKING, self.screen.tapped, seconds, void_after)

    def shows_name(self, name: str) -> None:
        """Wait until the card is that of a name."""
        self.screen.expect_text(self.at.member_name, re.compile(re.escape(name)), f"the card of {name}")

    def no_note(self) -> None:
        """Wait until the card has no note."""
        self.screen.gone(named(self.at.note, "screens.home.note"), "the note on the card")

    def log_out(self) -> None:
        """Leave."""
        self.screen.tap(named(self.at.logout, "screens.home.logout"))

    def refresh(self) -> None:
        """Ask the service for the card again."""
        self.screen.tap(named(self.at.refresh, "screens.home.refresh"))
