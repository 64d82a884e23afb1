"""The log of a device, through `logcat`."""

import re

from masuk.device.adb_parts.connection import Part


class AdbLog(Part):
    """Reads the buffers of `logcat` anew at each call."""

    def text(self) -> str:
        return self._device.output("logcat", "-d", "-v", "threadtime").decode(errors="replace")

    def of(self, pid: int) -> str:
        log = self._device.output("logcat", "-d", "-v", "threadtime", f"--pid={pid}").decode(errors="replace")
        lines = log.splitlines(keepends=True)
        return "".join(line for line in lines if not line.startswith("---------"))

    def crash_of(self, package: str) -> str | None:
        return crash_in(
            self._device.output("logcat", "-d", "-b", "crash", "-v", "raw").decode(errors="replace"), package
        )

    def anr_of(self, package: str) -> str | None:
        return anr_in(self.text(), package)

    def clear(self) -> None:
        self._device.output("logcat", "-c")


def crash_in(log: str, package: str) -> str | None:
    """The exception or signal of the last crash of a package's processes in a raw log of the crash buffer, or None."""
    process = _process_of(package)
    java = rf"^Process: {process}, PID: \d+\n(?P<exception>.*)"
    native = rf"^pid: \d+, tid: \d+, name: .*>>> {process} <<<\n(?:(?!pid: ).*\n)*?(?P<signal>signal \d+ .*)"
    crashes = list(re.finditer(f"{java}|{native}", log, re.MULTILINE))
    return (crashes[-1]["exception"] or crashes[-1]["signal"] or "").strip() if crashes else None


def anr_in(log: str, package: str) -> str | None:
    """The words of the last ANR of a package's processes in a log, or None."""
    found = re.findall(rf"ANR in {_process_of(package)}(?: .*|$)", log, re.MULTILINE)
    return found[-1].strip() if found else None


def _process_of(package: str) -> str:
    """The names of a package's processes: the package, and with a colon and a name after it the other ones."""
    return rf"{re.escape(package)}(?::[\w.]+)?"
