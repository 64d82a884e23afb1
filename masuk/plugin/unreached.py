"""An app that does not know the service's address, or does not trust it: one sentence, not a failure per scenario."""

from collections.abc import Callable

import pytest

from masuk.automation.screen import Screen
from masuk.base.endpoint import Destination
from masuk.base.errors import ServiceNotReached
from masuk.config.profile import Profile
from masuk.faults.fault import FaultBoard
from masuk.plugin.stash import BOARD
from masuk.services.backend import Backend
from masuk.services.network_proxy import Link

UNREACHED = pytest.StashKey[Callable[[], str | None]]()
"""Of a scenario: why it says nothing about the product, if nothing of the app arrives."""


def why_unreached(
    profile: Profile, service: Destination, screen: Screen, stub: Backend | None, link: Link
) -> str | None:
    """What keeps the app from the stub, for people, with the cure; None when something of it has ever arrived.

    None also before the scenario has submitted a login: until then there was nothing that had to arrive.
    """
    if stub is None or stub.reached or profile.screens.login.submit not in screen.used:
        return None
    if any(link.ever_led_to(place.host, place.port) for place in service.names()):
        return None
    name, address = profile.app.name, stub.address
    if stub.foreign_hellos:
        return (
            f"{name} has connected to the stub backend at {address} and has never got beyond the TLS handshake."
            f" Build it so that it trusts {stub.authority}, or name the service that it uses with --backend."
        )
    return (
        f"Nothing of {name} has reached the stub backend at {address} in this run, although a login was submitted. Tell"
        " the app that address by `extras` in its profile, or name the service that it uses with --backend."
    )


def unreached(item: pytest.Item) -> ServiceNotReached | None:
    """The error that takes the place of a scenario's failure when nothing of the app arrives anywhere."""
    ask = item.stash.get(UNREACHED, None)
    reason = ask() if ask is not None else None
    board: FaultBoard | None = item.stash.get(BOARD, None)
    if reason is None or (board is not None and any(fault.hides_requests for fault in board.seen)):
        return None
    return ServiceNotReached(reason)
