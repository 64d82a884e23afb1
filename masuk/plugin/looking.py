"""The screen as it may be kept."""

import pytest

from masuk.picturing import picture_of
from masuk.plugin.state import STACK, VAULT
from masuk.redaction import redact
from masuk.screen import Screen


def look(request: pytest.FixtureRequest) -> bytes:
    """A picture of the screen, blackened where it shows a secret. Raises NoPicture for a window that is secure."""
    screen: Screen = request.getfixturevalue("screen")
    picture = picture_of(screen, lambda: request.config.stash[STACK].device)
    return redact(picture, screen.source(), request.config.stash[VAULT])
