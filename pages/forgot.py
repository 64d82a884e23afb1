"""The screen that asks for a new password."""

from dataclasses import dataclass
from re import Pattern

from masuk.automation.page import Page
from masuk.config.profile import ForgotScreen
from masuk.secrets.vault import Secret


@dataclass(frozen=True)
class ForgotPage(Page):
    """Where a member who has forgotten their password gets help."""

    at: ForgotScreen

    def loaded(self) -> None:
        """Wait until the screen is there."""
        self.screen.expect(self.at.submit, "the screen that asks for a new password")

    def ask(self, identifier: Secret) -> str:
        """Enter the number and send it, from the screen as it opens; what it says then."""
        self.screen.type(self.at.identifier, identifier.reveal())
        return self.ask_for_kept()

    def ask_for_kept(self) -> str:
        """Send the number that stands there as the screen opens; what it says then."""
        self.screen.tap(self.at.submit)
        self.screen.expect_that(
            lambda: bool(self.screen.text(self.at.message)), "an answer to asking for a new password"
        )
        return self.screen.text(self.at.message) or ""

    def message(self, meaning: Pattern[str], what: str) -> str:
        """Wait for a message with that meaning, and return it."""
        return self.screen.expect_text(self.at.message, meaning, what)
