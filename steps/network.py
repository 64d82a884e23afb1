"""The device's network."""

from pytest_bdd import given, when

from masuk.faults.fault import FaultBoard
from masuk.faults.network.network_fault import NetworkFault
from masuk.faults.network.switches import NetworkOff


@given("the device has no network")
def _no_network(faults: FaultBoard) -> None:
    faults.inject(NetworkOff)


@when("the network comes back")
def _network_comes_back(faults: FaultBoard) -> None:
    faults.restore(NetworkFault)
