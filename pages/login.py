"""The login screen."""

from dataclasses import dataclass
from re import Pattern

from masuk.profile import LoginScreen
from masuk.screen import Screen
from masuk.secrets import Secret


@dataclass(frozen=True)
class LoginPage:
    """Where a member enters identifier and password."""

    screen: Screen
    at: LoginScreen

    def loaded(self) -> None:
        """Wait until the screen is there."""
        self.screen.expect(self.at.submit, "the login screen")

    def log_in(self, identifier: Secret, password: Secret) -> None:
        """Enter both and submit."""
        self.loaded()
        self.screen.type(self.at.identifier, identifier.reveal())
        self.retry(password)

    def retry(self, password: Secret) -> None:
        """Submit again with the identifier that the screen has kept."""
        self.screen.type(self.at.password, password.reveal())
        self.screen.tap(self.at.submit)

    def message(self, meaning: Pattern[str], what: str) -> str:
        """Wait for a message with that meaning, and return it."""
        return self.screen.expect_text(self.at.message, meaning, what)

    def kept_identifier(self) -> str:
        """What the identifier field holds now."""
        return self.screen.text(self.at.identifier) or ""
