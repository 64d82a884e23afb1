"""A device by its serial: what adb can do with it, verified. Knows nothing of Appium, nor what kind of device it is."""

import hashlib
import re
import shlex
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from masuk.adb import Adb
from masuk.errors import DeviceError
from masuk.waiting import until

GUEST_ROUTE_TO_HOST = "10.0.2.2"
SETTLE_SECONDS = 20


@dataclass(frozen=True)
class Launched:
    """What `am start -W` reported: COLD, WARM or HOT, and the milliseconds until the activity was displayed."""

    state: str
    milliseconds: int


@dataclass(frozen=True)
class Device:
    """A device. Every method raises DeviceError with adb's own words when the device does not do as asked."""

    serial: str
    adb: Adb

    def shell(self, command: str, *, timeout: float = 60, stdin: bytes | None = None) -> str:
        """The standard output of a shell command that must succeed."""
        result = self.adb.run("-s", self.serial, "shell", command, timeout=timeout, stdin=stdin)
        if result.returncode:
            raise DeviceError(
                f"{self.serial}: `{command}` failed with exit code {result.returncode}: "
                f"{(result.stdout + result.stderr).decode(errors='replace').strip() or 'no output'}"
            )
        return result.stdout.decode(errors="replace")

    def succeeds(self, command: str, *, timeout: float = 60) -> bool:
        """Whether a shell command exits with 0."""
        return self.adb.run("-s", self.serial, "shell", command, timeout=timeout).returncode == 0

    # Packages

    def install(self, apk: Path) -> None:
        """Install an APK, or update to it with the data kept."""
        result = self.adb.run("-s", self.serial, "install", "-r", "-g", str(apk), timeout=180)
        words = (result.stdout + result.stderr).decode(errors="replace").strip()
        if result.returncode or "Success" not in words:
            raise DeviceError(f"{self.serial}: installing {apk.name} failed: {words}")

    def uninstall(self, package: str) -> None:
        """Remove an app with its data; nothing happens when it is not installed."""
        if self.version_code(package) is not None:
            self.shell(f"pm uninstall {package}")
        if self.version_code(package) is not None:
            raise DeviceError(f"{self.serial}: {package} is still installed after pm uninstall")

    def version_code(self, package: str) -> int | None:
        """The installed version, or None when the app is not installed."""
        found = re.search(r"versionCode=(\d+)", self.shell(f"dumpsys package {package}"))
        return int(found[1]) if found else None

    def installed_apk(self, package: str) -> str | None:
        """The path of the app's APK on the device, or None when it is not installed."""
        result = self.adb.run("-s", self.serial, "shell", f"pm path {package}")
        found = re.search(r"^package:(.+)$", result.stdout.decode(errors="replace"), re.MULTILINE)
        return found[1].strip() if found else None

    def same_file(self, path: str, local: Path) -> bool:
        """Whether a file of the device has the content of a local one, by SHA-256."""
        return self.shell(f"sha256sum {shlex.quote(path)}").split()[0] == hashlib.sha256(local.read_bytes()).hexdigest()

    def clear(self, package: str) -> None:
        """Remove the app's data, as "Hapus Data" in the system's settings does."""
        answer = self.shell(f"pm clear {package}")
        if "Success" not in answer:
            raise DeviceError(f"{self.serial}: pm clear {package} answered {answer.strip()!r} instead of Success")

    def force_stop(self, package: str) -> None:
        """End the app's process, and see that it ended."""
        self.shell(f"am force-stop {package}")
        until(
            lambda: self.pid(package) is None,
            f"the process of {package} to end",
            timeout=SETTLE_SECONDS,
            seen=lambda: f"pid {self.pid(package)}",
        )

    def start(self, package: str, activity: str, extras: dict[str, str]) -> Launched:
        """Start the app from its launcher icon, with string extras, and wait until it is displayed."""
        arguments = " ".join(f"--es {shlex.quote(name)} {shlex.quote(value)}" for name, value in extras.items())
        component = f"{package}/{activity}"
        answer = self.shell(
            "am start -W -a android.intent.action.MAIN -c android.intent.category.LAUNCHER "
            f"-f 0x10200000 -n {component} {arguments}".rstrip()
        )
        state = re.search(r"LaunchState: (\w+)", answer)
        total = re.search(r"TotalTime: (\d+)", answer)
        if "Status: ok" not in answer:
            raise DeviceError(f"{self.serial}: {component} did not start: {answer.strip()}")
        return Launched(state[1] if state else "UNKNOWN", int(total[1]) if total else 0)

    def pid(self, package: str) -> int | None:
        """The process id of the app, or None when it does not run."""
        result = self.adb.run("-s", self.serial, "shell", f"pidof {package}")
        words = result.stdout.decode(errors="replace").split()
        return int(words[0]) if words else None

    # Files of a debuggable app

    def write_file(self, package: str, path: PurePosixPath, content: bytes) -> None:
        """Write a file into the data folder of a debuggable app and read it back."""
        name = shlex.quote(str(path))
        folder = shlex.quote(str(path.parent))
        self.shell(f"run-as {package} mkdir -p {folder}")
        self.shell(f"run-as {package} sh -c {shlex.quote(f'cat > {name}')}", stdin=content)
        if self.read_file(package, path) != content:
            raise DeviceError(f"{self.serial}: {path} of {package} does not hold what was written")

    def read_file(self, package: str, path: PurePosixPath) -> bytes | None:
        """The content of a file in the data folder of a debuggable app, or None when there is no such file."""
        name = shlex.quote(str(path))
        if not self.succeeds(f"run-as {package} ls {name}"):
            return None
        result = self.adb.run("-s", self.serial, "exec-out", f"run-as {package} cat {name}")
        return result.stdout

    # Network

    def airplane_mode(self) -> bool:
        """Whether the connectivity service says that airplane mode is on."""
        return self.shell("cmd connectivity airplane-mode").strip() == "enabled"

    def set_airplane_mode(self, on: bool) -> None:
        """Switch airplane mode. Idempotent; the effect is for the caller to prove."""
        self.shell(f"cmd connectivity airplane-mode {'enable' if on else 'disable'}")

    def has_default_network(self) -> bool:
        """Whether the system has an active default network."""
        found = re.search(r"Active default network: (\w+)", self.shell("dumpsys connectivity"))
        if found is None:
            raise DeviceError(
                f"{self.serial}: dumpsys connectivity names no default network; is this Android 10 or newer?"
            )
        return found[1] != "none"

    def reaches(self, port: int) -> bool:
        """Whether a TCP connection from the device to the host's `port` can be made."""
        return self.succeeds(f"nc -z -w 2 {GUEST_ROUTE_TO_HOST} {port}")

    def restore_network(self) -> None:
        """Switch airplane mode off and wait for a default network; cheap when nothing is to be done."""
        if self.airplane_mode():
            self.set_airplane_mode(False)
        until(
            self.has_default_network,
            "a default network after airplane mode was switched off",
            timeout=SETTLE_SECONDS,
            hint="Look at: adb shell dumpsys connectivity",
        )

    # Evidence

    def log(self) -> str:
        """The device's log since it was last cleared."""
        return self.adb.run("-s", self.serial, "logcat", "-d", "-v", "threadtime").stdout.decode(errors="replace")

    def log_of(self, pid: int) -> str:
        """What one process has logged since the log was last cleared."""
        arguments = ("logcat", "-d", "-v", "threadtime", f"--pid={pid}")
        lines = self.adb.run("-s", self.serial, *arguments).stdout.decode(errors="replace").splitlines(keepends=True)
        return "".join(line for line in lines if not line.startswith("---------"))

    def clear_log(self) -> None:
        """Forget the log so far."""
        self.adb.run("-s", self.serial, "logcat", "-c")

    def press_back(self) -> None:
        """Press the Back key."""
        self.shell("input keyevent 4")
