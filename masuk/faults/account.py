"""Faults of the account: the service knows the member and does not let them in."""

from abc import abstractmethod
from typing import ClassVar

from masuk.faults.bench import Need
from masuk.faults.fault import Fault, unproven
from masuk.services.backend.accounts import Refusal

HINT = "The accounts of the stub are in masuk/services/backend/accounts.py."
STUB = frozenset({Need.STUB})
WAIT_SECONDS = 90


class _Account(Fault):
    """The service refuses right data."""

    needs = STUB
    refusal: Refusal

    @property
    def number(self) -> str:
        """The member's identity number."""
        return self.bench.member.identifier.reveal()

    @abstractmethod
    def inject(self) -> None:
        """Make the service refuse."""

    def prove(self) -> str:
        """Ask the accounts for the outcome of a login with right data; it does not count."""
        member = self.bench.member
        outcome = self.bench.backend.accounts.outcome_of(self.number, member.password.reveal())
        if outcome is not self.refusal:
            said = "would be admitted" if outcome is None else f"would be refused as {outcome.name}"
            raise unproven(f"right data should be refused as {self.refusal.name}", f"it {said}", HINT)
        return f"the service refuses {member.name}, whose data is right, as {self.refusal.name}"

    def restore(self) -> None:
        """Unblock the account, as the office does after an identity check."""
        service = self.bench.backend.service
        service.blocked_status, service.retry_after_as_date, service.retry_after_told = 403, False, True
        self.bench.backend.accounts.unblock(self.number)


class AccountBlocked(_Account):
    """The account is blocked until its owner has been to an office."""

    name = "account-blocked"
    sentence = "The account is blocked after repeated failures, until the office unblocks it (403)."
    refusal = Refusal.BLOCKED

    def inject(self) -> None:
        """Block the account."""
        self.bench.backend.accounts.block(self.number)


class AccountLocked(AccountBlocked):
    """The same by a service that says it with 423."""

    name = "account-locked"
    sentence = "The account is blocked until the office unblocks it, said with status 423."

    def inject(self) -> None:
        """Block the account, and say 423."""
        super().inject()
        self.bench.backend.service.blocked_status = 423


class NobodyBlocked(_Account):
    """Too many failures for a number that nobody has: the service must treat it as any other."""

    name = "unknown-identifier-blocked"
    sentence = "A number that nobody has is blocked after repeated failures, as a member's would be."
    refusal = Refusal.BLOCKED

    def inject(self) -> None:
        """Type an invented number, which is blocked."""
        self.bench.entry.identifier = self.bench.people.unknown_identifier()
        self.bench.backend.accounts.block(self.number)

    @property
    def number(self) -> str:
        """The invented number."""
        return self.bench.entry.identifier.reveal()

    def restore(self) -> None:
        """Unblock it, and type the right one."""
        super().restore()
        self.bench.entry.correct()


class LoginWait(_Account):
    """The account is blocked for a time, told in seconds."""

    name = "login-wait"
    sentence = "After repeated failures the service asks to wait 90 seconds (429, Retry-After in seconds)."
    refusal = Refusal.WAIT
    seconds: ClassVar[float] = WAIT_SECONDS

    def inject(self) -> None:
        """Block the account for a time."""
        self.bench.backend.accounts.block(self.number, self.seconds)


class LoginWaitShort(LoginWait):
    """The account is blocked for so short a time that its end can be waited for."""

    name = "login-wait-short"
    sentence = "After repeated failures the service asks to wait 5 seconds (429, Retry-After in seconds)."
    seconds = 5


class LoginWaitDate(LoginWait):
    """The account is blocked for a time, told as a date."""

    name = "login-wait-date"
    sentence = "After repeated failures the service asks to wait until a time of day (429, Retry-After as a date)."

    def inject(self) -> None:
        """Block the account for a time, and tell its end."""
        super().inject()
        self.bench.backend.service.retry_after_as_date = True


class LoginWaitUntold(LoginWait):
    """The account is blocked for a time that the service does not tell: it may leave that out (RFC 6585)."""

    name = "login-wait-untold"
    sentence = "After repeated failures the service asks to wait, and does not say for how long (429)."

    def inject(self) -> None:
        """Block the account for a time, and keep its end secret."""
        super().inject()
        self.bench.backend.service.retry_after_told = False


class CaptchaDemanded(_Account):
    """The service wants to see that a person logs in."""

    name = "captcha-demanded"
    sentence = "The service demands an extra step that shows that a person logs in."
    refusal = Refusal.CAPTCHA

    def inject(self) -> None:
        """Demand it of this account."""
        self.bench.backend.accounts.demand(self.number, self.refusal)


class DeviceLimit(CaptchaDemanded):
    """Three members have logged in on this device before."""

    name = "device-limit"
    sentence = "The device was used for three other members, and the service accepts no fourth."
    refusal = Refusal.DEVICE_LIMIT


class NotRegistered(_Account):
    """The member has never made an account."""

    name = "not-registered"
    sentence = "The member has no account yet."
    refusal = Refusal.WRONG

    def inject(self) -> None:
        """Close the account."""
        self.bench.backend.accounts.remove(self.number)

    def restore(self) -> None:
        """Register the member."""
        self.bench.backend.register(self.bench.member)


class _Session(Fault):
    """A session that the app holds is worth nothing."""

    needs = STUB

    def prove(self) -> str:
        """The session of the app is not alive any more."""
        if self._token is None:
            raise unproven("the member should have been logged in", "there is no session", "Let them log in first.")
        if self.bench.backend.accounts.member_of(self._token) is not None:
            raise unproven("the app's session should have ended", "the service still knows it", HINT)
        return "the service does not know the app's session any more"

    def inject(self) -> None:
        """Remember the app's session and end it."""
        number = self.bench.member.identifier.reveal()
        self._token = self.bench.backend.accounts.token_of(number)
        self.end(number)

    @abstractmethod
    def end(self, number: str) -> None:
        """End the session of the member with that number."""

    def restore(self) -> None:
        """Nothing comes back; the member logs in again."""


class SessionEnded(_Session):
    """The token has expired."""

    name = "session-expired"
    sentence = "The service has let the app's session expire."

    def end(self, number: str) -> None:
        """Let every session of the account expire."""
        self.bench.backend.accounts.end_sessions(number)


class SessionElsewhere(_Session):
    """The member has logged in on another device, which ends the session on this one."""

    name = "session-elsewhere"
    sentence = "The member has logged in on another device, which ended the session on this one."

    def end(self, number: str) -> None:
        """Log in elsewhere."""
        self.bench.backend.accounts.log_in(number, self.bench.member.password.reveal())


class SessionEndedByUpdate(_Session):
    """A service that ties a session to the version of the app: an update logs its members out."""

    name = "session-ended-by-update"
    sentence = "The service ends a session as soon as the app has another version than at login."

    def end(self, number: str) -> None:  # noqa: ARG002 - for all members
        """Tie sessions to versions."""
        self.bench.backend.service.bind_sessions_to_version(True)

    def prove(self) -> str:
        """Ask for the card with the app's session, as another version would."""
        if self._token is None:
            raise unproven("the member should have been logged in", "there is no session", "Let them log in first.")
        as_another = {"authorization": f"Bearer {self._token}", "x-app-version": "0"}
        probed = self.bench.backend.probe(path="/v1/profile", headers=as_another)
        if probed.status != 401:
            raise unproven("another version should have no session", f"it gets {probed}", HINT)
        return "the service refuses the app's session to another version of the app"

    def restore(self) -> None:
        """Any version may go on."""
        self.bench.backend.service.bind_sessions_to_version(False)


class SessionEndedByNewPassword(_Session):
    """The member has set a new password on the website, which ends every session: the token is revoked."""

    name = "session-ended-by-new-password"
    sentence = "The member has set a new password on the website, which ended the session on this device."

    def end(self, number: str) -> None:
        """Set the new password, and type it from now on."""
        password = self.bench.people.new_password(self.bench.member)
        self.bench.backend.accounts.change_password(number, password.reveal())
        self.bench.backend.accounts.end_sessions(number)
        self.bench.entry.password = password

    def prove(self) -> str:
        """The session has ended, and the old password is worth nothing."""
        old = self.bench.member.password.reveal()
        number = self.bench.member.identifier.reveal()
        if self.bench.backend.accounts.outcome_of(number, old) is not Refusal.WRONG:
            raise unproven("the old password should be worth nothing", "the service takes it", HINT)
        return super().prove()

    def restore(self) -> None:
        """Back to the usual password."""
        member = self.bench.member
        self.bench.backend.accounts.change_password(member.identifier.reveal(), member.password.reveal())
        self.bench.entry.correct()
