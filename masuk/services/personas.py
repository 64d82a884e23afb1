"""Who logs in: personas by name, with accounts made up for each scenario.

Their data is random, so that a report can be searched for it, and belongs to no real person: the identity numbers start
with a region code that does not exist.
"""

import secrets
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from masuk.base.errors import NotServed, UsageError
from masuk.secrets.vault import Secret, Vault

NO_SUCH_REGION = "00"
VIRTUAL_ACCOUNT_PREFIX = "88888"
PASSWORD_ALPHABET = string.ascii_letters + string.digits
HARD_SIGNS = (" ", " ", '"', "'", "ä", "Ü", "<", "&", "%s", "\\", "$", "🙂")
"""What apps, services and tools mistreat: each needs an escape somewhere, or more than one byte."""


@dataclass(frozen=True)
class Persona:
    """A member: their numbers and their password. Lengths are those of Indonesia's public health insurance."""

    name: str
    identifier: Secret
    password: Secret
    other: Mapping[str, Secret]
    """Numbers by what they are called; a real account need not have them."""
    status: str = "AKTIF"

    @property
    def card_number(self) -> Secret:
        """The participant number."""
        return self._number("card number")

    @property
    def virtual_account(self) -> Secret:
        """The number that they pay to."""
        return self._number("virtual account")

    def _number(self, what: str) -> Secret:
        if what not in self.other:
            raise NotServed(f"the account of {self.name} has no {what}; add it to the file of accounts")
        return self.other[what]


class Entry:
    """What the member types into the login form: their own data, until a fault changes it."""

    def __init__(self) -> None:
        self._member: Persona | None = None
        self._identifier: Secret | None = None
        self._password: Secret | None = None

    @property
    def member(self) -> Persona:
        """Who logs in."""
        if self._member is None:
            raise UsageError('The scenario names no member yet. Begin it with "Given Rini is a member".')
        return self._member

    def belongs_to(self, member: Persona) -> None:
        """From now on this member logs in, with their own data."""
        self._member = member
        self.correct()

    @property
    def identifier(self) -> Secret:
        """What is typed as the number."""
        return self._identifier or self.member.identifier

    @identifier.setter
    def identifier(self, typed: Secret) -> None:
        self._identifier = typed

    @property
    def password(self) -> Secret:
        """What is typed as the password."""
        return self._password or self.member.password

    @password.setter
    def password(self, typed: Secret) -> None:
        self._password = typed

    def correct(self) -> None:
        """Type the right data again."""
        self._identifier = self._password = None


class People:
    """The personas of one scenario, by name; each is made up when first named."""

    def __init__(self, vault: Vault, make_password: Callable[[], str] | None = None) -> None:
        """Begin with nobody. `make_password` makes up each password, by default one with signs that need escapes."""
        self._vault = vault
        self._make_password = make_password or hard_password
        self._known: dict[str, Persona] = {}

    def named(self, name: str) -> Persona:
        """The persona of that name."""
        if name not in self._known:
            self._known[name] = self._make(name)
        return self._known[name]

    def wrong_password(self, persona: Persona) -> Secret:
        """A password that is not theirs, a new one at each call."""
        return self._secret(self._make_password(), f"wrong password of {persona.name}")

    def new_password(self, persona: Persona) -> Secret:
        """What they choose when they have forgotten the old one."""
        return self._secret(self._make_password(), f"new password of {persona.name}")

    def unknown_identifier(self) -> Secret:
        """A well-formed identity number that nobody has."""
        return self._secret(NO_SUCH_REGION + _digits(14), "unknown identity number")

    def letters(self) -> Secret:
        """As many letters as an identity number has digits."""
        return self._secret(_letters(16), "letters for a number")

    def long_password(self, persona: Persona) -> Secret:
        """A password of 64 characters: letters in both cases, digits, and spaces within and at its ends."""
        return self._secret(f" {_letters(30)} {_letters(31)} ", f"long password of {persona.name}")

    def variant(self, original: Secret, change: str, value: str) -> Secret:
        """A secret that somebody has mistyped."""
        return self._secret(value, f"{change} {original.label}")

    def _make(self, name: str) -> Persona:
        account = _digits(13)
        return Persona(
            name=name,
            identifier=self._secret(NO_SUCH_REGION + _digits(14), f"identity number of {name}"),
            password=self._secret(self._make_password(), f"password of {name}"),
            other={
                "card number": self._secret(account, f"card number of {name}"),
                "virtual account": self._secret(VIRTUAL_ACCOUNT_PREFIX + account[2:], f"virtual account of {name}"),
            },
        )

    def _secret(self, value: str, label: str) -> Secret:
        return self._vault.add(Secret(value, label))


def hard_password() -> str:
    """A password with every hard sign, none of them at its ends, and 13 random letters and digits."""
    signs = list(HARD_SIGNS)
    secrets.SystemRandom().shuffle(signs)
    return f"{_letters(3)}{''.join(signs)}{_letters(10)}"


def plain_password() -> str:
    """A password for fingers, and for tools that type ASCII only: 12 random letters and digits."""
    return _letters(12)


def _digits(count: int) -> str:
    return "".join(secrets.choice(string.digits) for _ in range(count))


def _letters(count: int) -> str:
    return "".join(secrets.choice(PASSWORD_ALPHABET) for _ in range(count))
