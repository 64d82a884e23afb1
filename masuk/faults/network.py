"""Faults of the network between the app and the service."""

from abc import abstractmethod

from masuk.base.errors import FaultNotProven, NotReached, NotServed
from masuk.base.polling import until
from masuk.faults.context import Need
from masuk.faults.fault import Fault, unproven
from masuk.services.backend.trouble import Meanwhile
from masuk.services.network_proxy import Conditions

PROOF_SECONDS = 10
ARRIVAL_SECONDS = 10
NO_PROXY = "The app did not use the proxy: its HTTP client must respect the system's HTTP proxy."
ADB = frozenset({Need.ADB})
LINK = frozenset({Need.ADB, Need.LINK})
LINK_AND_STUB = LINK | {Need.STUB}


class _Radio(Fault):
    """Acts on the device's own switches."""

    needs = ADB

    @property
    def hint(self) -> str:
        """Where to look when the device did not do as told."""
        return f"Look at: {self.bench.device.command_line('shell', 'dumpsys', 'connectivity')}"

    def restore(self) -> None:
        """Switch everything back and wait until the service can be reached."""
        self.bench.device.network.restore()
        self.expect_reachable()

    def expect_reachable(self) -> None:
        """Wait until the device reaches the service."""
        until(
            self.reaches_service,
            f"{self.bench.service} to be reachable again",
            timeout=PROOF_SECONDS,
            interval=0.2,
            hint=self.hint,
        )

    def reaches_service(self) -> bool:
        """Whether the device can connect to the service."""
        return self.bench.device.network.reaches(self.bench.service.port, self.bench.service.host)


class _CutOff(_Radio):
    """Keeps the app from the service; the device may say so while the app goes on as before."""

    hides_requests = True

    def inject(self) -> None:
        """Cut it off; what was on its way then does not count."""
        self.cut_off()
        self.note_arrivals()

    @abstractmethod
    def cut_off(self) -> None:
        """Let nothing of the app come through."""

    def confirm(self) -> None:
        """No request of the app has come through."""
        came = len(self.arrivals())
        if came:
            raise unproven("nothing should come from the app", f"{came} requests reached the service", self.hint)


class NetworkOff(_CutOff):
    """Airplane mode: no network at all."""

    name = "network-off"
    sentence = "Airplane mode: the device has no network at all."

    def cut_off(self) -> None:
        """Switch airplane mode on."""
        self.bench.device.network.set_airplane_mode(True)

    def prove(self) -> str:
        """By three witnesses: the setting's getter, the system's default network, and a connection that fails."""
        device = self.bench.device
        if not device.network.airplane_mode():
            raise unproven("airplane mode should be on", "the connectivity service says that it is off", self.hint)
        _demand_no_network(self)
        return f"airplane mode is on, there is no default network, {self.bench.service} can't be reached"


class WifiOff(_Radio):
    """The member leaves the house: mobile data takes over."""

    name = "wifi-off"
    sentence = "WiFi is switched off, and the device goes on over mobile data."

    def inject(self) -> None:
        """Switch WiFi off."""
        self.bench.device.network.set_wifi(False)

    def prove(self) -> str:
        """The default network is the mobile one, and it works."""
        _demand_mobile_data(self, "mobile data should have taken over")
        if not self.reaches_service():
            raise unproven("mobile data should work", f"{self.bench.service} can't be reached", self.hint)
        return f"the default network is the mobile one, and {self.bench.service} can be reached"


class NamesNotResolved(_CutOff):
    """The network works, and its name server does not."""

    name = "names-not-resolved"
    sentence = "No name can be resolved, while the network itself works."

    def prepare(self) -> None:
        """Look whether the device resolves the name of the service while all is well."""
        if self.bench.stub is None and self.bench.service.is_number:
            raise NotServed(
                f"the backend is given as {self.bench.service.host}, an address that needs no name server; give its"
                " name with --backend"
            )
        self._service = self.bench.service.by_name()
        if not self.bench.device.network.resolves(self._service.host):
            raise NotServed(f"the device does not resolve {self._service.host}: names need the internet on an emulator")

    def cut_off(self) -> None:
        """Tell the app the service's name, and ask a name server that does not exist."""
        self.bench.app.close()
        self.bench.app.backend = self._service.address
        self.bench.device.network.set_private_dns("dns.invalid")

    def prove(self) -> str:
        """The name leads nowhere, and the address still to the service."""
        device, name = self.bench.device, self._service.host
        try:
            until(lambda: not device.network.resolves(name), "names not to be resolved", timeout=PROOF_SECONDS)
        except NotReached:
            raise unproven(f"{name} should not be resolved", "the device finds it", self.hint) from None
        if not self.reaches_service():
            raise unproven("the network should work", f"{self.bench.service} can't be reached", self.hint)
        return f"{name} is unknown, and {self.bench.service} can be reached"

    def restore(self) -> None:
        """Ask the usual name server, and wait until it answers."""
        super().restore()
        name = self._service.host
        resolved = self.bench.device.network.resolves
        until(lambda: resolved(name), f"{name} to be resolved again", timeout=PROOF_SECONDS, hint=self.hint)


class AppBlocked(_CutOff):
    """The firewall, a data saver or a parent's control keeps this one app from the network."""

    name = "network-app-blocked"
    sentence = "The system keeps this one app from the network, while the device is online."

    def cut_off(self) -> None:
        """Deny the app by the firewall's chain 3."""
        self.bench.device.network.let_through(self.bench.app.package, False)

    def prove(self) -> str:
        """The firewall says so, and the device itself still has a network."""
        device = self.bench.device
        if device.network.lets_through(self.bench.app.package):
            raise unproven(f"{self.bench.app.package} should be kept from the network", "it is not", self.hint)
        if not device.network.has_default_network():
            raise unproven("the device should be online", "it has no default network", self.hint)
        return "the firewall denies the app, and the device has a network"

    def restore(self) -> None:
        """Let the app through."""
        self.bench.device.network.let_through(self.bench.app.package, True)


class _Linked(_Radio):
    """Acts through the bad link."""

    needs = LINK
    conditions = Conditions()

    def inject(self) -> None:
        """Send the device through the link."""
        self.note_arrivals()
        self.bench.link.reset(self.conditions)
        self.bench.device.network.set_http_proxy(self.bench.link.address)

    def prove(self) -> str:
        """The device is told to use the link and reaches it; that the app did use it is confirmed later."""
        device, link = self.bench.device, self.bench.link
        told = device.network.http_proxy()
        if told != link.address:
            raise unproven(f"the device should use the proxy {link.address}", f"its setting says {told!r}", self.hint)
        if not device.network.reaches(link.port):
            raise unproven("the device should reach the link", f"it can't reach port {link.port}", self.hint)
        return f"the device is told to use the link at port {link.port}, and reaches it"

    def confirm(self) -> None:
        """A connection of the app to the service must have come by the link."""
        try:
            until(self.came_by_the_link, "a connection of the app at the link", timeout=ARRIVAL_SECONDS)
        except NotReached:
            raise self.gone_past() from None

    def came_by_the_link(self) -> bool:
        """Whether anything has asked the link for the service since the fault began.

        Connections of other apps lead elsewhere, and the harness's own go to the service directly.
        """
        return any(self.bench.link.led_to(place.host, place.port) for place in self.bench.service.names())

    def gone_past(self) -> FaultNotProven:
        """The exception for an app whose connections don't come by the link."""
        came = len(self.arrivals())
        seen = f"{came} requests reached the service directly" if came else f"none to {self.bench.service} came"
        return unproven("the app's connections should go through the bad link", seen, NO_PROXY)

    def restore(self) -> None:
        """Take the proxy away and break off what still goes through it."""
        self.bench.link.reset()
        super().restore()


class WeakLink(_Linked):
    """The edge of a village: everything comes, late and bit by bit."""

    name = "link-weak"
    sentence = "A weak network: 300 ms each way with as much jitter, 8 kB/s, one segment in ten is lost."
    lateness = 8.0
    conditions = Conditions(latency=0.15, jitter=0.15, bytes_per_second=8000, loss=0.1, resend=0.4)


class SilentLink(_Linked):
    """A full cell: connections are made and nothing comes back."""

    name = "link-silent"
    sentence = "Connections are accepted, and nothing ever comes back."
    conditions = Conditions(silent=True)


class RefusingLink(_Linked):
    """Connections are dropped before the request is sent."""

    name = "link-dropped-before"
    sentence = "Each connection is dropped before a request can be sent."
    conditions = Conditions(refuses=True)


class UnvalidatedNetwork(RefusingLink):
    """WiFi that leads nowhere: a café's before its page was clicked, a router without a contract."""

    name = "network-not-validated"
    sentence = "WiFi is connected and leads nowhere: the system could not validate it, and connections are dropped."
    hides_requests = True  # an app that asks the system first sends none

    def inject(self) -> None:
        """Ask for a private DNS server that does not exist, which takes the validation away; drop connections."""
        self.bench.device.network.set_private_dns("dns.invalid")
        super().inject()

    def prove(self) -> str:
        """The system says so."""
        device = self.bench.device
        try:
            until(lambda: device.network.validated() is False, "the validation to go", timeout=PROOF_SECONDS)
        except NotReached:
            raise unproven("the network should not be validated", "the system says that it is", self.hint) from None
        return f"connected and not validated; {super().prove()}"

    def confirm(self) -> None:
        """No request reached the service directly. An app that asks the system first need not try to connect."""
        if self.arrivals() and not self.came_by_the_link():
            raise self.gone_past()

    def doubt(self) -> None:
        """A service that can't be looked into may have been reached directly."""
        if self.bench.stub is None:
            super().confirm()
        self.confirm()

    def restore(self) -> None:
        """Back to the usual names, and wait for the validation."""
        super().restore()
        until(
            self.bench.device.network.validated,
            "the network to be validated again",
            timeout=PROOF_SECONDS,
            hint=self.hint,
        )


class _DuringLogin(_Linked):
    """Something happens while the service is at work on a login."""

    needs = LINK_AND_STUB
    before = True

    def happens(self) -> None:
        """What happens; on the backend's thread."""
        self.bench.link.cut()

    def inject(self) -> None:
        """Send the device through the link, and wait for its login."""
        super().inject()
        self.bench.backend.begin_trouble(Meanwhile(self.happens, before=self.before), path="/v1/login")

    def restore(self) -> None:
        """Let logins through."""
        self.bench.backend.end_trouble()
        super().restore()


class DroppedDuring(_DuringLogin):
    """The request has arrived and the service has not begun."""

    name = "link-dropped-during"
    sentence = "The connection drops while a login request is under way; the service does not carry it out."


class DroppedAfter(_DuringLogin):
    """The service has logged the member in, and its answer is lost."""

    name = "link-dropped-after"
    sentence = "The connection drops after the service has carried a login out; its answer is lost."
    before = False


class WifiLostDuring(_DuringLogin):
    """The member leaves the house while a login is under way: mobile data takes over, and living connections end."""

    name = "wifi-lost-during"
    sentence = "WiFi goes while a login request is under way, and the device goes on over mobile data."

    def happens(self) -> None:
        """Switch WiFi off."""
        self.bench.device.network.set_wifi(False)

    def confirm(self) -> None:
        """Mobile data has taken over, or does so now: the request arrives before the switch is done."""
        super().confirm()
        if self.arrivals():
            _demand_mobile_data(self, "mobile data should have taken over during the login")


class LostDuring(_DuringLogin):
    """The network goes while a login is under way."""

    name = "network-lost-during"
    sentence = "The device loses its network while a login request is under way."

    def happens(self) -> None:
        """Airplane mode, which aborts living connections."""
        self.bench.device.network.set_airplane_mode(True)

    def confirm(self) -> None:
        """Since the login has arrived there is no network, or soon there is none."""
        super().confirm()
        if self.arrivals():
            _demand_no_network(self)


def _demand_no_network(fault: _Radio) -> None:
    """Wait until there is no network, by the system's word and by a connection. Raises FaultNotProven."""
    device = fault.bench.device
    try:
        until(lambda: not device.network.has_default_network(), "the default network to go", timeout=PROOF_SECONDS)
    except NotReached:
        raise unproven("no network should be left", "there still is a default network", fault.hint) from None
    if fault.reaches_service():
        raise unproven("nothing should be reachable", f"{fault.bench.service} still is", fault.hint)


def _demand_mobile_data(fault: _Radio, claim: str) -> None:
    """Wait until the default network is the mobile one. Raises FaultNotProven with the claim."""
    device = fault.bench.device
    try:
        until(lambda: device.network.transport() == "CELLULAR", "mobile data to take over", timeout=PROOF_SECONDS)
    except NotReached:
        raise unproven(claim, f"the default network is {device.network.transport() or 'none'}", fault.hint) from None
