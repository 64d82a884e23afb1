"""Pictures of the screen, with secrets blackened."""

import pytest

from masuk.automation.screen import Screen
from masuk.automation.screenshot import picture_of
from masuk.plugin.stash import STACK, VAULT
from masuk.secrets.picture_redaction import redact


def look(request: pytest.FixtureRequest) -> bytes:
    """A picture of the screen, blackened where it shows a secret. Raises NoPicture for a window that is secure."""
    screen: Screen = request.getfixturevalue("screen")
    picture = picture_of(screen, request.config.stash[STACK].ready_device)
    return redact(picture, screen.source(), request.config.stash[VAULT])
