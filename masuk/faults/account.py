"""Faults of the account."""

from masuk.backend import Backend
from masuk.faults.fault import Fault, unproven
from masuk.people import Persona


class AccountBlocked(Fault):
    """The account is blocked until its owner has been to an office."""

    name = "account-blocked"
    sentence = "The account is blocked after repeated failures, until the office unblocks it."
    needs = frozenset({"stub backend"})

    def __init__(self, backend: Backend, persona: Persona) -> None:
        self._backend = backend
        self._persona = persona

    def inject(self) -> None:
        """Block the account."""
        self._backend.accounts.block(self._persona.identifier.reveal())

    def prove(self) -> str:
        """Ask the accounts."""
        if not self._backend.accounts.is_blocked(self._persona.identifier.reveal()):
            raise unproven("the account should be blocked", "the backend says that it is not", "Is the account known?")
        return f"the backend refuses {self._persona.name}, whatever the password"

    def restore(self) -> None:
        """Unblock it, as the office does after an identity check."""
        self._backend.accounts.unblock(self._persona.identifier.reveal())
