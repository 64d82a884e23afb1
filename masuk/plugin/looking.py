"""The screen as it may be kept."""

import pytest

from masuk.plugin.state import VAULT
from masuk.redaction import redact
from masuk.screen import Screen


def look(request: pytest.FixtureRequest) -> bytes:
    """A picture of the screen, blackened where it shows a secret."""
    screen: Screen = request.getfixturevalue("screen")
    return redact(screen.screenshot(), screen.source(), request.config.stash[VAULT])
