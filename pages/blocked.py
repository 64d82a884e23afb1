"""The screen of a member whose account is blocked."""

from dataclasses import dataclass
from re import Pattern

from masuk.automation.page import Page
from masuk.config.profile import BlockedScreen, named


@dataclass(frozen=True)
class BlockedPage(Page):
    """Says that the account is blocked and what helps."""

    at: BlockedScreen

    def reason(self, meaning: Pattern[str]) -> str:
        """Wait until it says why, and return the text."""
        return self.screen.expect_text(self.at.reason, meaning, "a screen that says the account is blocked")

    def remedy(self, meaning: Pattern[str]) -> str:
        """Wait until it says what helps, and return the text."""
        return self.screen.expect_text(self.at.remedy, meaning, "a screen that sends the member to an office")

    def offers_help(self) -> None:
        """Wait until the ways out are there: a new password, and somebody to call."""
        at = self.at
        self.screen.expect(named(at.forgot_password, "screens.blocked.forgot_password"), "a way to a new password")
        self.screen.expect(named(at.help, "screens.blocked.help"), "a way to call for help")

    def call_for_help(self) -> None:
        """Tap what calls for help: it opens another app, or shows a number to call."""
        self.screen.tap(named(self.at.help, "screens.blocked.help"))

    def forgot_password(self) -> None:
        """Go to where a new password can be asked for."""
        self.screen.tap(named(self.at.forgot_password, "screens.blocked.forgot_password"))

    def leave(self) -> None:
        """Go back to the login screen."""
        self.screen.tap(named(self.at.back, "screens.blocked.back"))
