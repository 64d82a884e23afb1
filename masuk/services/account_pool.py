"""The members of a scenario: made up and registered with the stub, or leased from a file of real test accounts.

A real service counts failures and devices. So an account is never in two scenarios at once, wrong passwords are spent
from a budget, and a device sees few accounts; what would go further is skipped, and says so.
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from masuk.base.errors import NotServed
from masuk.base.locks import try_lock
from masuk.base.polling import until
from masuk.config.accounts import Account, AccountsFile
from masuk.secrets.vault import Secret, Vault
from masuk.services.personas import People, Persona

if TYPE_CHECKING:  # it is slow to import, and accounts are looked at before anything else begins
    from masuk.services.backend import Backend

LEASE_SECONDS = 300
A_DAY = timedelta(days=1)


class Members(Protocol):
    """Who may log in during one scenario."""

    def named(self, name: str) -> Persona:
        """The member whom the scenario calls so."""

    def about_to_fail(self, member: Persona) -> None:
        """A wrong password is about to be sent for a member. Raises NotServed when that would go too far."""


class Registered:
    """Made-up members of the stub, whose failures cost nothing."""

    def __init__(self, people: People, backend: "Backend") -> None:
        self._people = people
        self._backend = backend

    def named(self, name: str) -> Persona:
        """A made-up member, with an account at the stub."""
        member = self._people.named(name)
        self._backend.register(member)
        return member

    def about_to_fail(self, member: Persona) -> None:
        """Nothing to lose."""


@dataclass
class _Lease:
    """An account that nobody else uses while its file is locked; the lock goes with the process."""

    account: Account
    file: TextIOWrapper

    def failures(self) -> list[str]:
        """When wrong passwords were sent during the last day."""
        self.file.seek(0)
        since = (datetime.now(UTC) - A_DAY).isoformat()
        return [moment for moment in json.loads(self.file.read() or "[]") if moment > since]

    def note_failure(self) -> None:
        """Keep it before it is sent: better one too many on record than one too few."""
        moments = [*self.failures(), datetime.now(UTC).isoformat()]
        self.file.seek(0)
        self.file.truncate()
        self.file.write(json.dumps(moments))
        self.file.flush()


@dataclass
class Leased:
    """The members of one scenario at a real service. `folder` keeps the locks and the counts of this machine."""

    accounts: AccountsFile
    folder: Path
    device: str
    """What the service tells devices by, or the nearest to it: the device's serial."""
    vault: Vault
    wait: float = LEASE_SECONDS
    _held: dict[str, tuple[_Lease, Persona]] = field(default_factory=dict)

    def named(self, name: str) -> Persona:
        """An account for that name, kept until the scenario's end. Raises NotServed when there is none for it."""
        if name not in self._held:
            mine = {lease.account.digest for lease, _ in self._held.values()}
            choice = [account for account in self._for_this_device() if account.digest not in mine]
            if not choice:
                raise NotServed(f"{name} needs an account of their own, and no other account is left for {self.device}")
            lease = self._lease(choice)
            self._note_device(lease.account)
            self._held[name] = (lease, self._persona(lease.account))
        return self._held[name][1]

    def about_to_fail(self, member: Persona) -> None:
        """Spend from the budget of wrong passwords."""
        for lease, holder in self._held.values():
            if holder is member:
                spent = len(lease.failures())
                if spent >= self.accounts.wrong_passwords_a_day:
                    raise NotServed(
                        f"{spent} wrong passwords were sent for the account of {member.name} in 24 hours, and"
                        f" wrong_passwords_a_day is {self.accounts.wrong_passwords_a_day}: one more might block it"
                    )
                lease.note_failure()

    def release(self) -> None:
        """Give the accounts back."""
        for lease, _ in self._held.values():
            lease.file.close()
        self._held.clear()

    def _lease(self, choice: list[Account]) -> _Lease:
        self.folder.mkdir(parents=True, exist_ok=True)
        return until(
            lambda: next(filter(None, map(self._try_lease, choice)), None),
            f"one of {len(choice)} accounts to be free",
            timeout=self.wait,
            hint="Other scenarios on this machine use them all; add accounts, or run on fewer devices.",
        )

    def _try_lease(self, account: Account) -> _Lease | None:
        file = try_lock(self.folder / f"account-{account.digest}.json")
        return None if file is None else _Lease(account, file)

    @property
    def _of_device(self) -> Path:
        return self.folder / f"device-{hashlib.sha256(self.device.encode()).hexdigest()[:16]}.json"

    def _seen_on_device(self) -> list[str]:
        seen: list[str] = json.loads(self._of_device.read_text()) if self._of_device.exists() else []
        return seen

    def _for_this_device(self) -> list[Account]:
        """Those that the device has used already come first, and no others once it has used enough."""
        seen = self._seen_on_device()
        known = [account for account in self.accounts.account if account.digest in seen]
        new = [account for account in self.accounts.account if account.digest not in seen]
        return known + (new if len(seen) < self.accounts.accounts_per_device else [])

    def _note_device(self, account: Account) -> None:
        seen = self._seen_on_device()
        if account.digest not in seen:
            self._of_device.write_text(json.dumps([*seen, account.digest]))

    def _persona(self, account: Account) -> Persona:
        def secret(value: Secret) -> Secret:
            return self.vault.add(value.labelled(f"{value.label} of {account.name}"))

        other = {"card number": account.card_number, "virtual account": account.virtual_account}
        return Persona(
            name=account.name,
            identifier=secret(account.identifier),
            password=secret(account.password),
            other={what: secret(value) for what, value in other.items() if value is not None},
        )
