"""What the harness asks of a device, whatever the device is reached by. `AdbDevice` reaches one through adb.

Every method raises DeviceError, with the device's own words, when the device does not do as asked.
"""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # to make these types takes longer than to make what fulfils them
    from masuk.device.parts import AppFiles, Apps, Clock, Display, Log, Network, Storage


class Device(Protocol):
    """A device by its serial. What it can do is in its parts."""

    @property
    def serial(self) -> str:
        """Its name, as `adb devices` shows it."""

    @property
    def apps(self) -> "Apps":
        """What is installed and runs."""

    @property
    def files(self) -> "AppFiles":
        """The files of debuggable apps."""

    @property
    def network(self) -> "Network":
        """Its connections, and what apps are told of them."""

    @property
    def clock(self) -> "Clock":
        """Its time."""

    @property
    def storage(self) -> "Storage":
        """What is free on its data partition."""

    @property
    def log(self) -> "Log":
        """What it and its apps have logged."""

    @property
    def display(self) -> "Display":
        """Its display and keys."""

    def property(self, name: str) -> str:
        """A system property, such as `ro.product.model`; empty when the device has none of that name."""

    def command_line(self, *words: str) -> str:
        """An adb command about the device, for a person to copy: it runs in any terminal, wherever adb is."""

    def restore_after_killed_run(self) -> None:
        """Undo what a run that was killed may have left: faults of the network, a turned or dark display."""
