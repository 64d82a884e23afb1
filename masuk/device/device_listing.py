"""What devices are attached, and in which state: for `masuk devices` and `masuk doctor`."""

import re
import time
from dataclasses import dataclass, replace
from pathlib import Path

from masuk.base.errors import DeviceError
from masuk.base.text_table import in_columns
from masuk.device import AdbDevice, Device
from masuk.device.adb import USABLE, Adb
from masuk.device.leases import is_taken

SKEW_SECONDS = 60
"""What certificates and waits until a time of day bear."""


@dataclass(frozen=True)
class AttachedDevice:
    """A device of `adb devices`. What it does not tell is empty; one that is not usable tells nothing."""

    serial: str
    state: str
    model: str = ""
    api_level: str = ""
    battery: str = ""
    """Percent."""
    network: str = ""
    trouble: str = ""
    """What a run that was killed may have left on it."""
    is_in_use: bool = False
    """By a run on this machine."""

    @property
    def cells(self) -> tuple[str, ...]:
        """For a table, in the order of COLUMNS."""
        lease = "in use" if self.is_in_use else "free" if self.state == USABLE else ""
        return (self.serial, self.state, self.model, self.api_level, self.battery, self.network, lease)


COLUMNS = ("serial", "state", "model", "API", "battery", "network", "lease")


def attached_devices(adb: Adb, leases: Path) -> list[AttachedDevice]:
    """All devices that adb knows, by serial; `leases` is the folder with the locks of those in use."""
    found = sorted(adb.devices().items())
    return [replace(_look_at(serial, state, adb), is_in_use=is_taken(serial, leases)) for serial, state in found]


def table(devices: list[AttachedDevice]) -> str:
    """The devices in columns."""
    return in_columns([COLUMNS, *(device.cells for device in devices)])


def _look_at(serial: str, state: str, adb: Adb) -> AttachedDevice:
    if state != USABLE:
        return AttachedDevice(serial, state)
    device = AdbDevice(serial, adb)
    try:
        level = re.search(r"^\s*level: (\d+)", device.shell("dumpsys battery"), re.MULTILINE)
        return AttachedDevice(
            serial,
            state,
            model=device.property("ro.product.model"),
            api_level=device.property("ro.build.version.sdk"),
            battery=f"{level[1]} %" if level else "",
            network=_network(device),
            trouble=_trouble(device),
        )
    except DeviceError as error:
        return AttachedDevice(serial, state, trouble=str(error))


def _network(device: Device) -> str:
    if device.network.airplane_mode():
        return "airplane mode"
    return f"{device.network.transport() or 'none'}{'' if device.network.validated() else ', not validated'}"


def _trouble(device: AdbDevice) -> str:
    """What faults do and what is still in force: a run of ours, or its owner, has put it there."""
    proxy = device.network.http_proxy()
    found = ["airplane mode is on"] * device.network.airplane_mode()
    found += [f"apps are told to use the proxy {proxy}"] * (proxy is not None)
    found += ["the display is held sideways"] * (device.setting("user_rotation", "system") == "1")
    found += ["a private DNS server is set"] * (device.setting("private_dns_mode") == "hostname")
    ahead = skew(device)
    if abs(ahead) > SKEW_SECONDS:
        found.append(f"its clock is {abs(ahead):.0f} s {'ahead of' if ahead > 0 else 'behind'} this machine's")
    return "; ".join(found)


def skew(device: Device) -> float:
    """By how many seconds a device's clock is ahead of this machine's."""
    return device.clock.now() - time.time()
