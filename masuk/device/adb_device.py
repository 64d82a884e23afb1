"""A device that is reached through adb."""

from functools import cached_property

from masuk.device.adb_parts.apps import AdbApps
from masuk.device.adb_parts.clock import AdbClock
from masuk.device.adb_parts.connection import Connection
from masuk.device.adb_parts.display import AdbDisplay
from masuk.device.adb_parts.files import AdbFiles
from masuk.device.adb_parts.log import AdbLog
from masuk.device.adb_parts.network import AdbNetwork
from masuk.device.adb_parts.storage import AdbStorage


class AdbDevice(Connection):
    """The `Device` of a serial at an adb server, and its shell."""

    @cached_property
    def apps(self) -> AdbApps:
        """What is installed and runs."""
        return AdbApps(self)

    @cached_property
    def files(self) -> AdbFiles:
        """The files of debuggable apps."""
        return AdbFiles(self)

    @cached_property
    def network(self) -> AdbNetwork:
        """Its connections, and what apps are told of them."""
        return AdbNetwork(self)

    @cached_property
    def clock(self) -> AdbClock:
        """Its time."""
        return AdbClock(self)

    @cached_property
    def storage(self) -> AdbStorage:
        """What is free on its data partition."""
        return AdbStorage(self)

    @cached_property
    def log(self) -> AdbLog:
        """What it and its apps have logged."""
        return AdbLog(self)

    @cached_property
    def display(self) -> AdbDisplay:
        """Its display and keys."""
        return AdbDisplay(self)

    def restore_after_killed_run(self) -> None:
        """Undo whatever a run that was killed may have left: faults of the network, a turned or dark display."""
        self.network.restore()
        if self.setting("user_rotation", "system") == "1":
            self.display.set_landscape(False)
        if not self.display.is_awake():
            self.display.set_awake(True)
        if self.setting("auto_time") == "0":
            self.clock.set(None)
        if self.display.font_scale() != 1:
            self.display.set_font_scale(None)
        self.storage.free()
