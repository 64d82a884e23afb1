"""The device's own switches: airplane mode, WiFi, private DNS and the firewall."""

from abc import abstractmethod

from masuk.base.errors import NotReached, NotServed
from masuk.base.polling import until
from masuk.faults.fault import unproven
from masuk.faults.network.network_fault import PROOF_SECONDS, NetworkFault, demand_mobile_data, demand_no_network


class _CutOff(NetworkFault):
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
        demand_no_network(self)
        return f"airplane mode is on, there is no default network, {self.bench.service} can't be reached"


class WifiOff(NetworkFault):
    """The member leaves the house: mobile data takes over."""

    name = "wifi-off"
    sentence = "WiFi is switched off, and the device goes on over mobile data."

    def inject(self) -> None:
        """Switch WiFi off."""
        self.bench.device.network.set_wifi(False)

    def prove(self) -> str:
        """The default network is the mobile one, and it works."""
        demand_mobile_data(self, "mobile data should have taken over")
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
