"""The log of a device."""

import re

from masuk.device.connection import Part


class Log(Part):
    """What the device and its apps have logged since it was last cleared."""

    def text(self) -> str:
        """All of it."""
        return self._device.output("logcat", "-d", "-v", "threadtime").decode(errors="replace")

    def of(self, pid: int) -> str:
        """What one process has logged."""
        log = self._device.output("logcat", "-d", "-v", "threadtime", f"--pid={pid}").decode(errors="replace")
        lines = log.splitlines(keepends=True)
        return "".join(line for line in lines if not line.startswith("---------"))

    def crash_of(self, package: str) -> str | None:
        """The exception of the last crash of an app, or None."""
        log = self._device.output("logcat", "-d", "-b", "crash", "-v", "raw")
        crash = rf"^Process: {re.escape(package)}, PID: \d+\n(.*)"
        crashes = re.findall(crash, log.decode(errors="replace"), re.MULTILINE)
        return crashes[-1].strip() if crashes else None

    def clear(self) -> None:
        """Forget the log so far."""
        self._device.output("logcat", "-c")
