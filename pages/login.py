"""The login screen."""

import re
from dataclasses import dataclass
from re import Pattern

from masuk.automation.page import Page
from masuk.config.profile import Locator, LoginScreen, named
from masuk.gherkin.check_limits import GIVEN_UP_SECONDS, SIGN_OF_WORK_SECONDS, WAITING_ENDS_SECONDS, WAY_OUT_SECONDS
from masuk.secrets.vault import Secret

WORKING = "a sign that the app is at work"


@dataclass(frozen=True)
class LoginPage(Page):
    """Where a member enters identifier and password, on one page or on two.

    A message that lies over the form is taken away by whatever needs the form, so it has to be read before.
    """

    at: LoginScreen

    @property
    def signs(self) -> list[Locator]:
        """The elements of which one shows that this screen is there: its fields, or what lies over them.

        Not its button, which is below the edge of a phone that is held sideways.
        """
        return [self.at.identifier, self.at.password, *([self.at.dismiss] if self.at.dismiss is not None else [])]

    def loaded(self) -> None:
        """Wait until the form is there and nothing lies over it."""
        self.screen.expect_any(self.signs, "the login screen")
        if self.at.dismiss is not None and self.screen.shows(self.at.dismiss):
            self.screen.tap(self.at.dismiss)

    def fill(self, identifier: Secret, password: Secret) -> bool:
        """Enter both; False when the identifier's page did not lead on to the password's, but has said something."""
        if not self._enter(identifier):
            return False
        self.screen.type(self.at.password, password.reveal())
        return True

    def log_in(self, identifier: Secret, password: Secret) -> None:
        """Enter both and submit, if the screen lets it come to that."""
        if self.fill(identifier, password):
            self.screen.tap(self.at.submit)

    def retry(self, password: Secret) -> None:
        """Submit again with the identifier that the screen has kept."""
        if self.at.dismiss is not None or self.at.next is not None:  # the password's field may not be what shows
            self.loaded()
        if self.at.next is not None and not self.screen.shows(self.at.password):
            self.screen.tap(self.at.next)
        self.screen.type(self.at.password, password.reveal())
        self.screen.tap(self.at.submit)

    def submit_twice(self) -> None:
        """Tap the button twice, as an impatient finger does."""
        self.screen.tap_twice(self.at.submit)

    def busy(self, void_after: float) -> None:
        """See that it shows in time that it is at work; `void_after` seconds after the tap the work may be done."""
        sign = named(self.at.busy, "screens.login.busy")
        tapped = self.screen.tapped
        self.screen.comes_in_time([sign], WORKING, tapped, SIGN_OF_WORK_SECONDS, void_after)

    def stays_busy(self, seconds: float, void_after: float) -> None:
        """See that it still shows that `seconds` after the tap."""
        sign = named(self.at.busy, "screens.login.busy")
        self.screen.stays(sign, WORKING, self.screen.tapped, seconds, void_after)

    def cancel(self) -> None:
        """See that it offers in time to give up waiting, take the offer, and see that it ends the work in time."""
        cancel = named(self.at.cancel, "screens.login.cancel")
        self.screen.comes_in_time([cancel], "a way to give up waiting", self.screen.tapped, WAY_OUT_SECONDS)
        self.screen.tap(cancel)
        busy = named(self.at.busy, "screens.login.busy")
        self.screen.goes_in_time(busy, WORKING, self.screen.tapped, GIVEN_UP_SECONDS)

    def seconds_to_wait(self, meaning: Pattern[str]) -> int | None:
        """The number in a message with that meaning, or None while there is no such message."""
        said = self.screen.text(self.at.message) or ""
        number = re.search(r"\d+", said) if meaning.search(said) else None
        return int(number[0]) if number else None

    def ready(self) -> None:
        """Wait until a login can be submitted again."""
        self.screen.gone(named(self.at.busy, "screens.login.busy"), "the sign that the app is at work")

    def paste(self, identifier: Secret, password: Secret) -> None:
        """Type the identifier, paste the password from the clipboard, and submit."""
        if self._enter(identifier):
            self.screen.paste(self.at.password, password.reveal())
            self.screen.tap(self.at.submit)

    def hides_password(self) -> bool:
        """Whether the password's field shows dots."""
        return self.screen.attribute(self.at.password, "password") == "true"

    def reveal_password(self) -> None:
        """Ask to see the password."""
        self.screen.tap(named(self.at.reveal, "screens.login.reveal"))

    def message(self, meaning: Pattern[str], what: str) -> str:
        """Wait for a message with that meaning, and return it."""
        return self.screen.expect_text(self.at.message, meaning, what)

    def answered(self) -> str | None:
        """Wait until a first try has had a consequence: the message, or None when another screen has come."""
        said: str | None = None

        def over() -> bool:
            nonlocal said
            said = self.screen.text(self.at.message)
            return bool(said) or not self.screen.shows(self.at.submit)

        self.screen.expect_that(over, f"a message ({self.at.message}), or another screen")
        return said

    def message_in_the_end(self, meaning: Pattern[str], what: str, instead: Locator) -> None:
        """See that a message with that meaning comes before waiting has to end, and not the screen of `instead`."""
        tapped = self.screen.tapped
        self.screen.says_in_time(self.at.message, meaning, what, tapped, WAITING_ENDS_SECONDS, instead)

    def no_longer_says(self, meaning: Pattern[str], what: str) -> None:
        """Wait until no message with that meaning is there."""
        at = self.at.message
        self.screen.expect_that(lambda: not meaning.search(self.screen.text(at) or ""), f"{what} to go ({at})")

    def readable(self) -> float:
        """The contrast of the message, from 1 to 21."""
        return self.screen.contrast(self.at.message)

    def kept_identifier(self) -> str:
        """What the identifier field holds now."""
        self._turn_to_identifier()
        return self.screen.text(self.at.identifier) or ""

    def forgot_password(self) -> None:
        """Go to where a new password can be asked for."""
        self.loaded()
        self.screen.tap(named(self.at.forgot_password, "screens.login.forgot_password"))

    def offers_update(self) -> None:
        """Wait until it offers a newer version."""
        self.screen.expect(named(self.at.update_offer, "screens.login.update_offer"), "an offer of a newer version")

    def offers_help(self) -> None:
        """Wait until the ways out are there: a new password, and somebody to call."""
        self.loaded()
        self.screen.expect(named(self.at.forgot_password, "screens.login.forgot_password"), "a way to a new password")
        self.screen.expect(named(self.at.help, "screens.login.help"), "a way to call for help")

    def _enter(self, identifier: Secret) -> bool:
        """Type the identifier; False when its page did not lead on to the password's, but has said something."""
        self._turn_to_identifier()
        self.screen.type(self.at.identifier, identifier.reveal())
        return self.at.next is None or self._goes_on(self.at.next)

    def _turn_to_identifier(self) -> None:
        self.loaded()
        if self.at.next is not None and not self.screen.shows(self.at.identifier):
            self.screen.tap(named(self.at.change, "screens.login.change"))
            self.screen.expect(self.at.identifier, "the page for the identifier")

    def _goes_on(self, to_password: Locator) -> bool:
        """Whether the password's page comes, and not something new that is said about the identifier."""
        at, before = self.at, self.screen.text(self.at.message)
        self.screen.tap(to_password)
        self.screen.expect_that(
            lambda: self.screen.shows(at.password) or self.screen.text(at.message) not in {None, "", before},
            f"the page for the password ({at.password}), or a message ({at.message})",
        )
        return self.screen.shows(at.password)
