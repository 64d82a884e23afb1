"""A plugin that notes the secrets of a run in a file outside of everything that is searched: `SECRETS_FILE`."""

import json
import os
from pathlib import Path

import pytest

from masuk.plugin.stash import VAULT

VARIABLE = "SECRETS_FILE"


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Append the secrets of this process: a line with each value and its label."""
    pairs = session.config.stash[VAULT].pairs()
    with Path(os.environ[VARIABLE]).open("a", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(pair)}\n" for pair in pairs)
