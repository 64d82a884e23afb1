"""The clock of a device, through `date` and `cmd alarm`."""

import time

from masuk.device.adb_parts.connection import Part


class AdbClock(Part):
    """Sets the time as the system's settings do."""

    def now(self) -> float:
        return float(self._device.shell("date +%s"))

    def set(self, seconds: float | None) -> None:
        if seconds is None:
            # A device that finds no time server would go on with the wrong time.
            self._device.shell(f"cmd alarm set-time {int(time.time() * 1000)}; settings put global auto_time 1")
        else:
            self._device.shell(f"settings put global auto_time 0; cmd alarm set-time {int(seconds * 1000)}")
