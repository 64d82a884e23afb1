"""The bad link: a proxy through which the device is sent, and which treats connections badly."""

from masuk.base.errors import FaultNotProven, NotReached
from masuk.base.polling import until
from masuk.faults.bench import Need
from masuk.faults.fault import unproven
from masuk.faults.network.network_fault import PROOF_SECONDS, NetworkFault
from masuk.services.network_proxy import Conditions

ARRIVAL_SECONDS = 10
NO_PROXY = "The app did not use the proxy: its HTTP client must respect the system's HTTP proxy."
LINK = frozenset({Need.ADB, Need.LINK})


class LinkFault(NetworkFault):
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


class WeakLink(LinkFault):
    """The edge of a village: everything comes, late and bit by bit."""

    name = "link-weak"
    sentence = "A weak network: 300 ms each way with as much jitter, 8 kB/s, one segment in ten is lost."
    lateness = 8.0
    conditions = Conditions(latency=0.15, jitter=0.15, bytes_per_second=8000, loss=0.1, resend=0.4)


class SilentLink(LinkFault):
    """A full cell: connections are made and nothing comes back."""

    name = "link-silent"
    sentence = "Connections are accepted, and nothing ever comes back."
    conditions = Conditions(silent=True)


class RefusingLink(LinkFault):
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
