"""Both kinds of servers that a screen is read through."""

import pytest

from tests.masuk.automation.stand_in_driver import Driver


@pytest.fixture(params=[True, False], ids=["described", "not described"])
def describes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether elements are described as they are found; a server that isn't asked for that doesn't."""
    monkeypatch.setattr(Driver, "describes", request.param)
    return bool(request.param)
