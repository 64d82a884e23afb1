"""Faults of what the member types: nothing is wrong but the data."""

from abc import abstractmethod
from typing import ClassVar

from masuk.faults.bench import Need
from masuk.faults.fault import Fault, unproven
from masuk.secrets.vault import Secret
from masuk.services.backend.accounts import Refusal
from masuk.services.backend.login_api import IDENTIFIER

HINT = "What the personas are made of is in masuk/services/personas.py."


class _Mistyped(Fault):
    """The member types something else than their own data.

    Whether it is wrong is asked of the stub's accounts, or else of the file that a real account stands in.
    """

    needs: ClassVar[frozenset[Need]] = frozenset()

    def outcome(self) -> Refusal | None:
        """What the service would say to what is typed; it does not count."""
        entry = self.bench.entry
        if self.bench.stub is None:
            right = self.owns(entry.identifier) and entry.password == entry.member.password
            return None if right else Refusal.WRONG
        return self.bench.stub.accounts.outcome_of(entry.identifier.reveal(), entry.password.reveal())

    def owns(self, number: Secret) -> bool:
        """Whether the member may log in by that number."""
        stub, member = self.bench.stub, self.bench.member
        if stub is not None:
            return stub.accounts.has(number.reveal())
        return number in {member.identifier, member.other.get("card number")}

    def restore(self) -> None:
        """Type the right data."""
        self.bench.entry.correct()


class _Refused(_Mistyped):
    """The service would refuse what is typed as wrong."""

    def prove(self) -> str:
        """Ask the accounts."""
        outcome = self.outcome()
        if outcome is not Refusal.WRONG:
            said = "admits it" if outcome is None else f"refuses it as {outcome.name}"
            raise unproven("what is typed should be wrong", f"the service {said}", HINT)
        return "the service knows no such number and password"


class _WrongPassword(_Refused):
    """The service counts it against the member's account."""

    def inject(self) -> None:
        """Type another password, if the account can afford it."""
        self.bench.members.about_to_fail(self.bench.member)
        self.bench.entry.password = self.typed()

    @abstractmethod
    def typed(self) -> Secret:
        """What is typed as the password."""


class WrongPassword(_WrongPassword):
    """A password that is not theirs."""

    name = "wrong-password"
    sentence = "The member types a wrong password."

    def typed(self) -> Secret:
        """Another one."""
        return self.bench.people.wrong_password(self.bench.member)


class WrongCase(_WrongPassword):
    """Their password with capitals and small letters swapped."""

    name = "wrong-password-case"
    sentence = "The member types their password with the shift key locked."

    def typed(self) -> Secret:
        """Their own with the case swapped."""
        right = self.bench.member.password
        return self.bench.people.variant(right, "case-swapped", right.reveal().swapcase())


class UnknownIdentifier(_Refused):
    """A well-formed number that nobody has."""

    name = "unknown-identifier"
    sentence = "The member types a well-formed number that nobody has."

    def inject(self) -> None:
        """Type an invented number."""
        self.bench.entry.identifier = self.bench.people.unknown_identifier()


class _WrongKind(_Mistyped):
    """What is typed is no number to log in with."""

    hides_requests = True  # an app that knows its numbers sends none

    @abstractmethod
    def typed(self) -> Secret:
        """What is typed as the number."""

    def inject(self) -> None:
        """Type it."""
        self.bench.entry.identifier = self.typed()

    def prove(self) -> str:
        """It is not of the kinds that the service knows, or not a member's."""
        typed = self.bench.entry.identifier
        if self.owns(typed):
            raise unproven("what is typed should be no member's number", "a member has it", HINT)
        shape = (
            "the shape of an identity or card number" if IDENTIFIER.fullmatch(typed.reveal()) else "no accepted shape"
        )
        return f"what is typed has {shape} and belongs to no member"


class VirtualAccount(_WrongKind):
    """The number for payments in the place of the participant number."""

    name = "virtual-account-number"
    sentence = "The member types the virtual account number that they pay to."

    def typed(self) -> Secret:
        """The virtual account number."""
        return self.bench.member.virtual_account


class TooShort(_WrongKind):
    """A number that ends too early."""

    name = "identifier-too-short"
    sentence = "The member types only the beginning of their number."

    def typed(self) -> Secret:
        """Eleven digits."""
        right = self.bench.member.identifier
        return self.bench.people.variant(right, "beginning of", right.reveal()[:11])


class TooLong(_WrongKind):
    """A number with a digit too many."""

    name = "identifier-too-long"
    sentence = "The member's finger rests on a key: a digit too many."

    def typed(self) -> Secret:
        """Seventeen digits."""
        right = self.bench.member.identifier
        return self.bench.people.variant(right, "lengthened", right.reveal() + right.reveal()[-1])


class Letters(_WrongKind):
    """A name or an address where a number belongs."""

    name = "identifier-letters"
    sentence = "The member types letters where a number belongs."

    def typed(self) -> Secret:
        """Sixteen letters."""
        return self.bench.people.letters()


class Separated(_WrongKind):
    """The number in groups, as it is printed on the card."""

    name = "identifier-separated"
    sentence = "The member types their number in groups with dashes between, as printed."

    def typed(self) -> Secret:
        """Four groups of four."""
        right = self.bench.member.identifier
        digits = right.reveal()
        groups = "-".join(digits[start : start + 4] for start in range(0, len(digits), 4))
        return self.bench.people.variant(right, "separated", groups)


class SpacesAround(_Mistyped):
    """Spaces at both ends, as a paste or a keyboard leaves them: forgivable."""

    name = "identifier-spaces"
    sentence = "Spaces stand around the number that the member has pasted."

    def inject(self) -> None:
        """Type spaces around it."""
        right = self.bench.member.identifier
        self.bench.entry.identifier = self.bench.people.variant(right, "padded", f"  {right.reveal()} ")

    def prove(self) -> str:
        """As it stands, the service does not know it; without the spaces it does."""
        typed = self.bench.entry.identifier
        if self.owns(typed) or not self.owns(Secret(typed.reveal().strip(), typed.label)):
            raise unproven("only the spaces should be wrong", "the service takes it as it stands, or not at all", HINT)
        return "the service knows the number without its spaces only"


class CardNumber(_Mistyped):
    """The other number that is accepted."""

    name = "card-number"
    sentence = "The member types the card number, which is accepted too."

    def inject(self) -> None:
        """Type the card number."""
        self.bench.entry.identifier = self.bench.member.card_number

    def prove(self) -> str:
        """The service takes it."""
        if self.outcome() is not None or self.bench.entry.identifier == self.bench.member.identifier:
            raise unproven("the card number should be accepted", "the service refuses it", HINT)
        return "the service takes the card number in the identity number's place"


class LongPassword(_Mistyped):
    """A password of 64 characters with spaces in it: their right one."""

    name = "long-password"
    sentence = "The member's password has 64 characters, with spaces within and at its ends."
    needs = frozenset({Need.STUB})

    def inject(self) -> None:
        """Make it their password and type it."""
        password = self.bench.people.long_password(self.bench.member)
        self.bench.backend.accounts.change_password(self.bench.member.identifier.reveal(), password.reveal())
        self.bench.entry.password = password

    def prove(self) -> str:
        """The service takes it, and not without its outer spaces."""
        entry = self.bench.entry
        typed = entry.password.reveal()
        trimmed = self.bench.backend.accounts.outcome_of(entry.identifier.reveal(), typed.strip())
        if self.outcome() is not None or trimmed is not Refusal.WRONG:
            raise unproven("only the whole password should be right", "the service is not so exact", HINT)
        return "the service takes all 64 characters and nothing less"

    def restore(self) -> None:
        """Back to the usual password."""
        member = self.bench.member
        self.bench.backend.accounts.change_password(member.identifier.reveal(), member.password.reveal())
        super().restore()
