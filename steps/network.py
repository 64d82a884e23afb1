"""The device's network."""

from pytest_bdd import when

from masuk.faults.fault import FaultBoard
from masuk.faults.network.network_fault import NetworkFault


@when("the network comes back")
def _network_comes_back(faults: FaultBoard) -> None:
    faults.restore(NetworkFault)
