"""The clock of a device."""

import time

from masuk.device.connection import Part


class Clock(Part):
    """Its time, right or wrong."""

    def now(self) -> float:
        """The device's time, in seconds since 1970."""
        return float(self._device.shell("date +%s"))

    def set(self, seconds: float | None) -> None:
        """Set the clock by hand to seconds since 1970, or let the network set it again."""
        if seconds is None:
            # A device that finds no time server would go on with the wrong time.
            self._device.shell(f"cmd alarm set-time {int(time.time() * 1000)}; settings put global auto_time 1")
        else:
            self._device.shell(f"settings put global auto_time 0; cmd alarm set-time {int(seconds * 1000)}")
