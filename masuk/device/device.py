"""A device by its serial, in parts."""

from functools import cached_property

from masuk.device.apps import Apps
from masuk.device.clock import Clock
from masuk.device.connection import Connection
from masuk.device.display import Display
from masuk.device.files import AppFiles
from masuk.device.log import Log
from masuk.device.network import Network
from masuk.device.storage import Storage


class Device(Connection):
    """A device. Every method of its parts raises DeviceError with adb's own words when it does not do as asked."""

    @cached_property
    def apps(self) -> Apps:
        """What is installed and runs."""
        return Apps(self)

    @cached_property
    def files(self) -> AppFiles:
        """The files of debuggable apps."""
        return AppFiles(self)

    @cached_property
    def network(self) -> Network:
        """Its connections, and what apps are told of them."""
        return Network(self)

    @cached_property
    def clock(self) -> Clock:
        """Its time."""
        return Clock(self)

    @cached_property
    def storage(self) -> Storage:
        """What is free on its data partition."""
        return Storage(self)

    @cached_property
    def log(self) -> Log:
        """What it and its apps have logged."""
        return Log(self)

    @cached_property
    def display(self) -> Display:
        """Its display and keys."""
        return Display(self)

    def recover(self) -> None:
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
