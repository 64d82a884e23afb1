"""Whether something else than the app explains what was seen: asked before a failure is called the product's."""

from typing import Protocol

from masuk.base.errors import InfrastructureError
from masuk.device.app_under_test import AppUnderTest


class Served(Protocol):
    """The stub backend, as something that may have died."""

    @property
    def alive(self) -> bool:
        """Whether it still serves."""


def outside_cause(app: AppUnderTest, stub: Served | None) -> str | None:
    """What else has gone wrong, for people; None when the failure is the product's own.

    An app that crashes does so by itself. One that was killed, or whose service is gone, can't be blamed.
    """
    if stub is not None and not stub.alive:
        return "the stub backend has died"
    try:
        killed = app.device.apps.ended_from_outside(app.package)
        crash = app.device.log.crash_of(app.package)
    except InfrastructureError as trouble:
        return f"the device can't be asked any more: {trouble}"
    for pid in app.processes:
        if pid in killed and crash is None:
            return f"process {pid} of {app.package} was ended by {killed[pid]}, and not by itself or by us"
    return None
