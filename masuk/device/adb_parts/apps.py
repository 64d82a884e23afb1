"""The apps of a device, through `pm`, `am` and `dumpsys`."""

import hashlib
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from masuk.base.errors import DeviceError
from masuk.base.polling import until
from masuk.device.adb_parts.connection import Part
from masuk.device.launched import Launched

ENDS_WITHIN = 20
SIGNALED, LOW_MEMORY = 2, 3
"""Reasons of Android's ApplicationExitInfo."""
SIGNALS_OF_CRASHES = frozenset({4, 6, 7, 8, 11})
"""SIGILL, SIGABRT, SIGBUS, SIGFPE and SIGSEGV."""
FOREGROUND_SERVICE = 125
"""Android's importance of a process; 100, the foreground, is more."""


@dataclass(frozen=True)
class ProcessEnd:
    """A record of `dumpsys activity exit-info`: numbers as Android's ApplicationExitInfo has them."""

    pid: int
    reason: int
    status: int
    importance: int

    @property
    def from_outside(self) -> str | None:
        """What else than the app has ended the process, in words; None when the app did, or was asked to.

        A signal that a process gets for its own fault is a crash. Memory that runs low while the app is in front is no
        fault of the app; in the background it is an app's everyday life.
        """
        if self.reason == SIGNALED and self.status not in SIGNALS_OF_CRASHES:
            return f"signal {self.status}"
        if self.reason == LOW_MEMORY and self.importance <= FOREGROUND_SERVICE:
            return "the system, which was low on memory"
        return None


def ends_in(dump: str, package: str) -> list[ProcessEnd]:
    """The ends of a package's processes, `PACKAGE:NAME` included, in the output of `dumpsys activity exit-info`."""
    record = re.compile(
        rf"\bpid=(\d+) .*\n\s*process={re.escape(package)}(?::\S+)? reason=(\d+) .*?\bstatus=(-?\d+)"
        r".*\n\s*importance=(\d+)"
    )
    return [ProcessEnd(*map(int, numbers)) for numbers in record.findall(dump)]


class AdbApps(Part):
    """Sees that what it has done is done: `pm` and `am` may say so and be wrong."""

    def install(self, apk: Path) -> None:
        result = self._device.adb.run("-s", self._device.serial, "install", "-r", "-g", str(apk), timeout=180)
        words = (result.stdout + result.stderr).decode(errors="replace").strip()
        if result.returncode or "Success" not in words:
            raise DeviceError(f"{self._device.serial}: installing {apk.name} failed: {words}")

    def break_install_off(self, apk: Path, share: float = 0.5) -> int:
        created = self._device.shell("pm install-create -r")
        session = re.search(r"\[(\d+)\]", created)
        if session is None:
            raise DeviceError(f"{self._device.serial}: pm install-create opened no session: {created.strip()}")
        part = apk.read_bytes()
        part = part[: int(len(part) * share)]
        try:
            answer = self._device.shell(f"pm install-write -S {len(part)} {session[1]} base.apk -", stdin=part)
        finally:
            self._device.shell(f"pm install-abandon {session[1]}")
        taken = re.search(r"streamed (\d+) bytes", answer)
        return int(taken[1]) if taken else 0

    def uninstall(self, package: str) -> None:
        if self.version_code(package) is not None:
            self._device.shell(f"pm uninstall {package}")
        if self.version_code(package) is not None:
            raise DeviceError(f"{self._device.serial}: {package} is still installed after pm uninstall")

    def version_code(self, package: str) -> int | None:
        found = re.search(r"versionCode=(\d+)", self._device.shell(f"dumpsys package {package}"))
        return int(found[1]) if found else None

    def version_name(self, package: str) -> str | None:
        found = re.search(r"versionName=(\S+)", self._device.shell(f"dumpsys package {package}"))
        return found[1] if found else None

    def is_debuggable(self, package: str) -> bool:
        return self._device.succeeds(f"run-as {package} true")

    def installed_apk(self, package: str) -> str | None:
        result = self._device.attempt(f"pm path {package}")
        found = re.search(r"^package:(.+)$", result.stdout.decode(errors="replace"), re.MULTILINE)
        return found[1].strip() if found else None

    def same_file(self, path: str, local: Path) -> bool:
        return (
            self._device.shell(f"sha256sum {shlex.quote(path)}").split()[0]
            == hashlib.sha256(local.read_bytes()).hexdigest()
        )

    def clear(self, package: str) -> None:
        answer = self._device.shell(f"pm clear {package}")
        if "Success" not in answer:
            raise DeviceError(
                f"{self._device.serial}: pm clear {package} answered {answer.strip()!r} instead of Success"
            )
        left = self._device.attempt(f"run-as {package} find . -type f")  # says nothing of a release
        if left.returncode == 0 and left.stdout.strip():
            kept = left.stdout.decode(errors="replace").split()
            raise DeviceError(
                f"{self._device.serial}: pm clear {package} answered Success and has kept {len(kept)} files: {kept}"
            )

    def clear_cache(self, package: str) -> None:
        answer = self._device.attempt(f"pm clear --cache-only {package}")
        if b"Success" not in answer.stdout:
            self._device.shell(f"run-as {package} rm -rf cache code_cache")

    def force_stop(self, package: str) -> None:
        self._device.shell(f"am force-stop {package}")
        until(
            lambda: self.pid(package) is None,
            f"the process of {package} to end",
            timeout=ENDS_WITHIN,
            seen=lambda: f"pid {self.pid(package)}",
        )

    def kill_in_background(self, package: str) -> None:
        self._device.shell(f"am kill {package}")

    def start(self, package: str, activity: str, extras: dict[str, str]) -> Launched:
        arguments = " ".join(f"--es {shlex.quote(name)} {shlex.quote(value)}" for name, value in extras.items())
        component = f"{package}/{activity}"
        answer = self._device.shell(
            "am start -W -a android.intent.action.MAIN -c android.intent.category.LAUNCHER "
            f"-f 0x10200000 -n {component} {arguments}".rstrip()
        )
        state = re.search(r"LaunchState: (\w+)", answer)
        total = re.search(r"TotalTime: (\d+)", answer)
        if "Status: ok" not in answer:
            raise DeviceError(f"{self._device.serial}: {component} did not start: {answer.strip()}")
        return Launched(state[1] if state else "UNKNOWN", int(total[1]) if total else 0)

    def try_to_open(self, package: str, activity: str) -> str:
        result = self._device.attempt(f"am start -n {package}/{activity}")
        return (result.stdout + result.stderr).decode(errors="replace").strip()

    def pid(self, package: str) -> int | None:
        result = self._device.attempt(f"pidof {package}")
        words = result.stdout.decode(errors="replace").split()
        return int(words[0]) if words else None

    def ended_from_outside(self, package: str) -> dict[int, str]:
        ends = ends_in(self._device.shell(f"dumpsys activity exit-info {package}"), package)
        return {end.pid: end.from_outside for end in ends if end.from_outside is not None}

    def configuration_of(self, package: str) -> tuple[float, str] | None:
        dump = self._device.shell("dumpsys activity activities")
        in_front = (
            rf"ActivityRecord\{{\S+ u\d+ {re.escape(package)}/.*?CurrentConfiguration=\{{([\d.]+) [^\[]*\[([^\]]*)\]"
        )
        found = re.search(in_front, dump, re.DOTALL)
        return (float(found[1]), found[2]) if found else None

    def locale_of(self, package: str) -> str:
        answer = self._device.shell(f"cmd locale get-app-locales {package} --user 0")
        found = re.search(r"are \[(.*)\]", answer)
        if found is None:
            raise DeviceError(f"{self._device.serial}: `cmd locale get-app-locales` answered {answer.strip()!r}")
        return found[1]

    def set_locale_of(self, package: str, tag: str) -> None:
        self._device.shell(f"cmd locale set-app-locales {package} --user 0 --locales {shlex.quote(tag)}")
