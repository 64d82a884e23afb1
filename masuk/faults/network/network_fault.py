"""What faults of the network have in common: the service is out of reach, and comes back."""

from masuk.base.errors import NotReached
from masuk.base.polling import until
from masuk.faults.bench import Need
from masuk.faults.fault import Fault, unproven

PROOF_SECONDS = 10


class NetworkFault(Fault):
    """Acts on the device's own switches."""

    needs = frozenset({Need.ADB})

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


def demand_no_network(fault: NetworkFault) -> None:
    """Wait until there is no network, by the system's word and by a connection. Raises FaultNotProven."""
    device = fault.bench.device
    try:
        until(lambda: not device.network.has_default_network(), "the default network to go", timeout=PROOF_SECONDS)
    except NotReached:
        raise unproven("no network should be left", "there still is a default network", fault.hint) from None
    if fault.reaches_service():
        raise unproven("nothing should be reachable", f"{fault.bench.service} still is", fault.hint)


def demand_mobile_data(fault: NetworkFault, claim: str) -> None:
    """Wait until the default network is the mobile one. Raises FaultNotProven with the claim."""
    device = fault.bench.device
    try:
        until(lambda: device.network.transport() == "CELLULAR", "mobile data to take over", timeout=PROOF_SECONDS)
    except NotReached:
        raise unproven(claim, f"the default network is {device.network.transport() or 'none'}", fault.hint) from None
