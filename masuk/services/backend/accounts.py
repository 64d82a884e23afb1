"""Members' accounts: who may log in, who has failed too often, whose session is alive.

Every method may be called from the server's thread and from the tests'.
"""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum, auto


class Refusal(Enum):
    """Why a login was refused."""

    WRONG = auto()
    WAIT = auto()
    BLOCKED = auto()
    CAPTCHA = auto()
    DEVICE_LIMIT = auto()


@dataclass(frozen=True)
class BlockPolicy:
    """`failures` wrong passwords in a row block an account for `seconds`, or until the office unblocks it."""

    failures: int = 5
    seconds: float | None = None


@dataclass(frozen=True)
class Member:
    """What a member sees once logged in."""

    name: str
    card_number: str
    status: str


@dataclass(frozen=True)
class Refused:
    """A refused login, with the seconds to wait when that helps."""

    reason: Refusal
    seconds: int = 0


@dataclass(frozen=True)
class Admitted:
    """A login that succeeded."""

    token: str
    member: Member


@dataclass
class _Account:
    password: str
    member: Member


@dataclass
class _Record:
    """Failures are counted for invented identifiers too, so that a block does not tell which ones exist."""

    failures: int = 0
    blocked: bool = False
    blocked_until: float = 0
    tokens: set[str] = field(default_factory=set)
    displaced: set[str] = field(default_factory=set)
    demand: Refusal | None = None


class Accounts:
    """The accounts of one backend. `clock` gives seconds and only moves forward."""

    def __init__(self, policy: BlockPolicy | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.RLock()
        self.reset(policy)

    def reset(self, policy: BlockPolicy | None = None) -> None:
        """Forget every account, failure, block and session."""
        with self._lock:
            self.policy = policy or BlockPolicy()
            self._accounts: dict[str, _Account] = {}
            self._aliases: dict[str, str] = {}
            self._records: dict[str, _Record] = {}

    def add(self, identifier: str, password: str, name: str, card_number: str, status: str = "AKTIF") -> None:
        """Open an account, which its owner may name by identity number or by card number."""
        with self._lock:
            self._accounts[identifier] = _Account(password, Member(name, card_number, status))
            self._aliases[card_number] = identifier

    def rename(self, identifier: str, name: str) -> None:
        """Correct a member's name. Raises KeyError when there is no such account."""
        with self._lock:
            account = self._accounts[self._key(identifier)]
            account.member = replace(account.member, name=name)

    def log_in(self, identifier: str, password: str) -> Admitted | Refused:
        """Check a login. A success ends the account's other session and forgets its failures."""
        with self._lock:
            key = self._key(identifier)
            record = self._record(key)
            refusal = self._block(record)
            if refusal:
                return refusal
            account = self._accounts.get(key)
            if account is None or not secrets.compare_digest(account.password.encode(), password.encode()):
                return self._fail(record)
            if record.demand is not None:
                return Refused(record.demand)
            record.failures = 0
            token = secrets.token_urlsafe(32)
            record.displaced |= record.tokens
            record.tokens = {token}
            return Admitted(token, account.member)

    def log_in_elsewhere(self, identifier: str, password: str) -> Admitted | Refused:
        """Check a login that is no app's: what is demanded of apps and their devices does not count for it."""
        with self._lock:
            record = self._record(self._key(identifier))
            demand, record.demand = record.demand, None
            outcome = self.log_in(identifier, password)
            record.demand = demand
            return outcome

    def outcome_of(self, identifier: str, password: str) -> Refusal | None:
        """How a login would be refused, or None if it would be admitted; nothing is counted."""
        with self._lock:
            key = self._key(identifier)
            record = self._records.get(key, _Record())
            refusal = self._block(record)
            if refusal:
                return refusal.reason
            account = self._accounts.get(key)
            if account is None or account.password != password:
                return Refusal.WRONG
            return record.demand

    def was_displaced(self, token: str) -> bool:
        """Whether a session ended because its account was used somewhere else."""
        with self._lock:
            return any(token in record.displaced for record in self._records.values())

    def demand(self, identifier: str, refusal: Refusal | None) -> None:
        """Refuse even right passwords, for a reason that is not the password; None ends it."""
        with self._lock:
            self._record(self._key(identifier)).demand = refusal

    def member_of(self, token: str) -> Member | None:
        """Whose session a token is, or None when it is no living one."""
        with self._lock:
            for key, record in self._records.items():
                if token in record.tokens and key in self._accounts:
                    return self._accounts[key].member
            return None

    def log_out(self, token: str) -> None:
        """End one session."""
        with self._lock:
            for record in self._records.values():
                record.tokens.discard(token)

    def token_of(self, identifier: str) -> str | None:
        """The token of an account's living session, or None."""
        with self._lock:
            return next(iter(self._record(self._key(identifier)).tokens), None)

    def end_sessions(self, identifier: str) -> None:
        """End every session of an account, as the service does when it expires."""
        with self._lock:
            self._record(self._key(identifier)).tokens.clear()

    def change_password(self, identifier: str, password: str) -> None:
        """Set a new password and forget the failures."""
        with self._lock:
            key = self._key(identifier)
            self._accounts[key].password = password
            self._record(key).failures = 0

    def remove(self, identifier: str) -> None:
        """Close an account; nothing happens when there is none."""
        with self._lock:
            self._accounts.pop(self._key(identifier), None)
            self._records.pop(self._key(identifier), None)

    def has(self, identifier: str) -> bool:
        """Whether there is an account."""
        with self._lock:
            return self._key(identifier) in self._accounts

    def block(self, identifier: str, seconds: float | None = None) -> None:
        """Block an account for a time, or until the office unblocks it."""
        with self._lock:
            self._begin_block(self._record(self._key(identifier)), seconds)

    def unblock(self, identifier: str) -> None:
        """What the office does after it has checked the member's identity."""
        with self._lock:
            self._records[self._key(identifier)] = _Record()

    def is_blocked(self, identifier: str) -> bool:
        """Whether a login would be refused whatever the password."""
        with self._lock:
            return self._block(self._record(self._key(identifier))) is not None

    def _key(self, identifier: str) -> str:
        return self._aliases.get(identifier, identifier)

    def _record(self, key: str) -> _Record:
        return self._records.setdefault(key, _Record())

    def _block(self, record: _Record) -> Refused | None:
        if record.blocked:
            return Refused(Refusal.BLOCKED)
        left = record.blocked_until - self._clock()
        return Refused(Refusal.WAIT, int(left) + 1) if left > 0 else None

    def _fail(self, record: _Record) -> Refused:
        record.failures += 1
        if record.failures >= self.policy.failures:
            record.failures = 0
            self._begin_block(record, self.policy.seconds)
        return self._block(record) or Refused(Refusal.WRONG)

    def _begin_block(self, record: _Record, seconds: float | None) -> None:
        if seconds is None:
            record.blocked = True
        else:
            record.blocked_until = self._clock() + seconds
