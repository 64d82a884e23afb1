"""The file of test accounts at a real service."""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from masuk.base.toml_model import Document, read_toml, validate
from masuk.base.variables import resolved
from masuk.secrets.vault import Secret


def _secret(value: object, info: ValidationInfo) -> object:
    """Wrap a text at once, so that no message and no traceback can hold it."""
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "is no text")
    if not value:
        raise PydanticCustomError("empty", "is empty")
    return Secret(value, str(info.field_name).replace("_", " "))


Hidden = Annotated[Secret, BeforeValidator(_secret)]


class Account(Document):
    """A test account at a real service.

    A text `$NAME` stands for the value of an environment variable, and `$$NAME` for the text `$NAME`.
    """

    name: str = Field(min_length=1)
    """As the card shows it."""
    identifier: Hidden
    password: Hidden
    card_number: Hidden | None = None
    virtual_account: Hidden | None = None

    @property
    def digest(self) -> str:
        """What the account is called in files that are no secret."""
        return hashlib.sha256(self.identifier.reveal().encode()).hexdigest()[:16]


class AccountsFile(Document):
    """The test accounts, and how far scenarios may go with them."""

    account: list[Account] = Field(min_length=1)
    wrong_passwords_a_day: int = Field(default=3, ge=0)
    """For each account; the service must block at more than that."""
    accounts_per_device: int = Field(default=3, ge=1)


def load(path: Path, environment: Mapping[str, str] = os.environ) -> AccountsFile:
    """Read a file of accounts. Raises UsageError naming file, key and cure, and no value."""
    content = read_toml(path)
    for entry in content.get("account", []) if isinstance(content.get("account"), list) else []:
        for key, value in entry.items() if isinstance(entry, dict) else ():
            if isinstance(value, str):
                entry[key] = resolved(value, environment, f"{path}: account.{key}")
    return validate(AccountsFile, content, str(path))
