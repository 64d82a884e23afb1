"""What faults act on: everything around the app in one scenario, or in one call by hand."""

from dataclasses import dataclass
from enum import Enum

from masuk.base.endpoint import Destination
from masuk.base.errors import NotServed
from masuk.base.timeline import Timeline
from masuk.config.profile import Profile
from masuk.device import Device
from masuk.device.app_under_test import AppUnderTest
from masuk.services.account_pool import Members
from masuk.services.backend import Backend
from masuk.services.backend.trouble import Breakable
from masuk.services.intercept.interceptor import Intercepted, Interceptor
from masuk.services.network_proxy import Link
from masuk.services.personas import Entry, People, Persona


class Need(Enum):
    """What a fault acts through. A fault whose needs are not met is not injected, and the scenario is skipped."""

    ADB = "adb"
    STUB = "the stub backend"
    LINK = "an app that uses the system's HTTP proxy"
    DEBUGGABLE = "a debuggable build"
    TROUBLE = "the stub backend, or traffic that may be intercepted"
    PREVIOUS = "a previous build in the profile"


@dataclass(frozen=True)
class Bench:
    """One device with the app, one service, one link between them, and the member who logs in."""

    profile: Profile
    device: Device
    app: AppUnderTest
    service: Destination
    stub: Backend | None
    """The stub backend; None when the app logs in to a service that is not ours."""
    link: Link
    people: People
    members: Members
    entry: Entry
    timeline: Timeline
    interceptor: Interceptor | None = None
    """What can break a service that is not ours."""

    @property
    def breakable(self) -> Breakable:
        """The service, as something that can be broken. Raises NotServed when it can't."""
        return self.backend if self.interceptor is None else Intercepted(self.interceptor, self.device)

    @property
    def member(self) -> Persona:
        """The member whose scenario it is."""
        return self.entry.member

    @property
    def backend(self) -> Backend:
        """The stub backend. Raises NotServed without one."""
        if self.stub is None:
            raise NotServed(f"this looks into the stub backend, and the app logs in to {self.service.address}")
        return self.stub

    def lacks(self, need: Need) -> str | None:
        """Why a need is not met, for people; None when it is met."""
        if need is Need.STUB and self.stub is None:
            return f"the app logs in to {self.service.address}, which is not ours to break"
        if need is Need.TROUBLE and self.stub is None and self.interceptor is None:
            return f"the app logs in to {self.service.address}, which can't be broken without --intercept"
        if need is Need.PREVIOUS and self.profile.app.previous_apk is None:
            return "the profile names no previous build (app.previous_apk)"
        if need is Need.DEBUGGABLE and not self.device.apps.is_debuggable(self.app.package):
            return f"{self.app.package} is not debuggable, so its files can't be reached"
        return None
