"""What happens to the network while the service is at work on a login."""

from masuk.faults.bench import Need
from masuk.faults.network.link import LINK, LinkFault
from masuk.faults.network.network_fault import demand_mobile_data, demand_no_network
from masuk.services.backend.trouble import Meanwhile


class _DuringLogin(LinkFault):
    """Something happens while the service is at work on a login."""

    needs = LINK | {Need.STUB}
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
            demand_mobile_data(self, "mobile data should have taken over during the login")


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
            demand_no_network(self)
