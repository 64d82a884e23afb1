"""Faults of the network."""

from masuk.device import Device
from masuk.errors import NotReached
from masuk.faults.fault import Fault, unproven
from masuk.waiting import until

PROOF_SECONDS = 10


class NetworkOff(Fault):
    """Airplane mode: no network at all."""

    name = "network-off"
    sentence = "Airplane mode: the device has no network at all."
    needs = frozenset({"adb"})

    def __init__(self, device: Device, backend_port: int) -> None:
        self._device = device
        self._port = backend_port

    def inject(self) -> None:
        """Switch airplane mode on."""
        self._device.set_airplane_mode(True)

    def prove(self) -> str:
        """By three witnesses: the setting's getter, the system's default network, and a connection that fails."""
        hint = f"Look at: adb -s {self._device.serial} shell dumpsys connectivity"
        if not self._device.airplane_mode():
            raise unproven("airplane mode should be on", "the connectivity service says that it is off", hint)
        try:
            until(lambda: not self._device.has_default_network(), "the default network to go", timeout=PROOF_SECONDS)
        except NotReached:
            raise unproven("no network should be left", "there still is a default network", hint) from None
        if self._device.reaches(self._port):
            raise unproven("nothing should be reachable", f"port {self._port} of the host still is", hint)
        return "airplane mode is on, there is no default network, the backend's port can't be reached"

    def restore(self) -> None:
        """Switch airplane mode off and wait until the backend's port can be reached."""
        self._device.restore_network()
        until(
            lambda: self._device.reaches(self._port),
            f"port {self._port} of the host to be reachable again",
            timeout=PROOF_SECONDS,
            interval=0.2,
            hint=f"Look at: adb -s {self._device.serial} shell dumpsys connectivity",
        )
