"""A device by its serial: what adb can do with it, verified. Knows nothing of Appium, nor what kind of device it is."""

import hashlib
import io
import re
import shlex
import tarfile
import time
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from masuk.adb import Adb
from masuk.errors import DeviceError
from masuk.waiting import until

GUEST_ROUTE_TO_HOST = "10.0.2.2"
SETTLE_SECONDS = 20
FILL = "/data/local/tmp/masuk-fill"


@dataclass(frozen=True)
class Launched:
    """What `am start -W` reported: COLD, WARM or HOT, and the milliseconds until the activity was displayed.

    UNKNOWN and 0 when it never was.
    """

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

    def property(self, name: str) -> str:
        """A system property; empty when it has none."""
        return self.shell(f"getprop {name}").strip()

    # Packages

    def install(self, apk: Path) -> None:
        """Install an APK, or update to it with the data kept."""
        result = self.adb.run("-s", self.serial, "install", "-r", "-g", str(apk), timeout=180)
        words = (result.stdout + result.stderr).decode(errors="replace").strip()
        if result.returncode or "Success" not in words:
            raise DeviceError(f"{self.serial}: installing {apk.name} failed: {words}")

    def break_install_off(self, apk: Path, share: float = 0.5) -> int:
        """Send a share of an APK to the package installer, as a download that breaks off; the bytes it has taken."""
        created = self.shell("pm install-create -r")
        session = re.search(r"\[(\d+)\]", created)
        if session is None:
            raise DeviceError(f"{self.serial}: pm install-create opened no session: {created.strip()}")
        part = apk.read_bytes()
        part = part[: int(len(part) * share)]
        try:
            answer = self.shell(f"pm install-write -S {len(part)} {session[1]} base.apk -", stdin=part)
        finally:
            self.shell(f"pm install-abandon {session[1]}")
        taken = re.search(r"streamed (\d+) bytes", answer)
        return int(taken[1]) if taken else 0

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

    def version_name(self, package: str) -> str | None:
        """What the installed version is called, or None when the app is not installed."""
        found = re.search(r"versionName=(\S+)", self.shell(f"dumpsys package {package}"))
        return found[1] if found else None

    def is_debuggable(self, package: str) -> bool:
        """Whether the app's files can be reached as the app reaches them."""
        return self.succeeds(f"run-as {package} true")

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
        left = self.adb.run("-s", self.serial, "shell", f"run-as {package} find . -type f")  # says nothing of a release
        if left.returncode == 0 and left.stdout.strip():
            kept = left.stdout.decode(errors="replace").split()
            raise DeviceError(
                f"{self.serial}: pm clear {package} answered Success and has kept {len(kept)} files: {kept}"
            )

    def clear_cache(self, package: str) -> None:
        """Remove the app's cache only, as "Hapus Cache" does; on a debuggable build where Android is older than 14."""
        answer = self.adb.run("-s", self.serial, "shell", f"pm clear --cache-only {package}")
        if b"Success" not in answer.stdout:
            self.shell(f"run-as {package} rm -rf cache code_cache")

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

    def try_to_open(self, package: str, activity: str) -> str:
        """Open a screen as another app would; the device's answer."""
        result = self.adb.run("-s", self.serial, "shell", f"am start -n {package}/{activity}")
        return (result.stdout + result.stderr).decode(errors="replace").strip()

    def pid(self, package: str) -> int | None:
        """The process id of the app, or None when it does not run."""
        result = self.adb.run("-s", self.serial, "shell", f"pidof {package}")
        words = result.stdout.decode(errors="replace").split()
        return int(words[0]) if words else None

    def ended_by_signal(self, package: str) -> dict[int, int]:
        """The processes of an app that something else has ended, of late, and by which signal; Android 11 and newer."""
        ends = self.shell(f"dumpsys activity exit-info {package}")
        signaled = rf" pid=(\d+) .*\n\s*process={re.escape(package)} reason=2 \(SIGNALED\).* status=(\d+)"
        return {int(pid): int(number) for pid, number in re.findall(signaled, ends)}

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

    def files(self, package: str) -> dict[str, bytes]:
        """Every file in the data folder of a debuggable app, by its path in there."""
        packed = self.adb.run("-s", self.serial, "exec-out", f"run-as {package} tar -cf - .").stdout
        try:
            with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
                members = [member for member in archive.getmembers() if member.isfile()]
                return {
                    str(PurePosixPath(member.name)): content.read()
                    for member in members
                    if (content := archive.extractfile(member))
                }
        except tarfile.TarError as error:
            raise DeviceError(f"{self.serial}: the files of {package} can't be read: {error}") from error

    def remove_file(self, package: str, path: PurePosixPath) -> None:
        """Remove a file of the data folder of a debuggable app."""
        self.shell(f"run-as {package} rm -f {shlex.quote(str(path))}")

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

    def reaches(self, port: int, host: str = GUEST_ROUTE_TO_HOST) -> bool:
        """Whether a TCP connection from the device can be made, to the machine that it runs on or to another host."""
        return self.succeeds(f"nc -z -w 2 {shlex.quote(host)} {port}")

    def resolves(self, name: str) -> bool:
        """Whether the device finds an address for a name."""
        result = self.adb.run("-s", self.serial, "shell", f"ping -c 1 -W 1 {shlex.quote(name)}")
        words = (result.stdout + result.stderr).decode(errors="replace")
        if "unknown host" in words:
            return False
        if not words.startswith("PING "):
            raise DeviceError(f"{self.serial}: `ping {name}` answered {words.strip()!r}")
        return True

    def transport(self) -> str | None:
        """What the default network runs over, such as WIFI or CELLULAR; None without a network."""
        found = self._default_network(r"Transports: (\w+)")
        return found[1] if found else None

    def validated(self) -> bool:
        """Whether the system has seen that the default network leads to the internet."""
        found = self._default_network(r"Capabilities: ([\w&]+)")
        return found is not None and "VALIDATED" in found[1].split("&")

    def set_wifi(self, on: bool) -> None:
        """Switch WiFi. Idempotent; the effect is for the caller to prove."""
        self.shell(f"svc wifi {'enable' if on else 'disable'}")

    def http_proxy(self) -> str | None:
        """The proxy that apps are told to use, as HOST:PORT, or None."""
        told = self.setting("http_proxy")
        return None if told is None or told.startswith(":") else told

    def set_http_proxy(self, address: str | None) -> None:
        """Tell apps to use an HTTP proxy, HOST:PORT, or none. Deleting the setting would only count after a reboot."""
        self.shell(f"settings put global http_proxy {address or ':0'}")

    def set_private_dns(self, server: str | None) -> None:
        """Ask names of a private DNS server only, or as usual."""
        if server is None:
            self.shell("settings put global private_dns_mode opportunistic")
        else:
            self.shell(f"settings put global private_dns_specifier {server}")
            self.shell("settings put global private_dns_mode hostname")

    def package_networking(self, package: str) -> bool:
        """Whether the firewall lets an app through."""
        answer = self.shell(f"cmd connectivity get-package-networking-enabled {package}").strip()
        return not answer.endswith(":deny")

    def set_package_networking(self, package: str, allowed: bool) -> None:
        """Let one app through the firewall or not; Android 13 and newer."""
        self.shell("cmd connectivity set-chain3-enabled true")
        self.shell(f"cmd connectivity set-package-networking-enabled {str(allowed).lower()} {package}")

    def setting(self, name: str, namespace: str = "global") -> str | None:
        """A value of the settings provider, or None."""
        value = self.shell(f"settings get {namespace} {name}").strip()
        return None if value in {"", "null"} else value

    def restore_network(self) -> None:
        """Undo whatever a fault may have done to the network; cheap when nothing is to be done."""
        state = self.shell(
            "cmd connectivity airplane-mode; settings get global http_proxy; settings get global private_dns_mode"
        ).split()
        airplane, proxy, private_dns = [*state, "", "", ""][:3]
        if airplane == "enabled":
            self.set_airplane_mode(False)
        if proxy != "null" and not proxy.startswith(":"):
            self.set_http_proxy(None)
        if private_dns == "hostname":
            self.set_private_dns(None)
        self.set_wifi(True)
        until(
            self.has_default_network,
            "a default network after the network was restored",
            timeout=SETTLE_SECONDS,
            hint="Look at: adb shell dumpsys connectivity",
        )

    def _default_network(self, pattern: str) -> re.Match[str] | None:
        """What `pattern` finds in the lines about the default network."""
        dump = self.shell("dumpsys connectivity")
        number = re.search(r"Active default network: (\w+)", dump)
        if number is None or number[1] == "none":
            return None
        of_network = re.compile(rf"NetworkAgentInfo\{{\s*network\{{{number[1]}\}}.*")
        line = of_network.search(dump)
        return re.search(pattern, line[0]) if line else None

    def recover(self) -> None:
        """Undo whatever a run that was killed may have left: faults of the network, a turned or dark display."""
        self.restore_network()
        if self.setting("user_rotation", "system") == "1":
            self.set_landscape(False)
        if not self.is_awake():
            self.set_awake(True)
        if self.setting("auto_time") == "0":
            self.set_clock(None)
        if self.font_scale() != 1:
            self.set_font_scale(None)
        self.free_storage()

    # Clock

    def clock(self) -> float:
        """The device's time, in seconds since 1970."""
        return float(self.shell("date +%s"))

    def set_clock(self, seconds: float | None) -> None:
        """Set the clock by hand to seconds since 1970, or let the network set it again."""
        if seconds is None:
            # A device that finds no time server would go on with the wrong time.
            self.shell(f"cmd alarm set-time {int(time.time() * 1000)}; settings put global auto_time 1")
        else:
            self.shell(f"settings put global auto_time 0; cmd alarm set-time {int(seconds * 1000)}")

    # Storage

    def free_kilobytes(self) -> int:
        """What is free for apps on the data partition."""
        lines = self.shell("df -k /data").splitlines()
        try:
            return int(lines[-1].split()[3])
        except (IndexError, ValueError) as error:
            raise DeviceError(f"{self.serial}: `df -k /data` answered {lines}") from error

    def fill_storage(self) -> None:
        """Leave nothing free on the data partition. Ends at the device's own refusal, which is not looked at."""
        for kilobytes in (self.free_kilobytes(), 1024, 64, 4):
            self.adb.run("-s", self.serial, "shell", f"fallocate -l {kilobytes}K {FILL}.{kilobytes}", timeout=180)
        self.adb.run("-s", self.serial, "shell", f"dd if=/dev/zero of={FILL}.rest bs=4096 count=1024", timeout=180)

    def free_storage(self) -> None:
        """Remove what `fill_storage` has written."""
        self.shell(f"rm -f {FILL}.*")

    # Evidence

    def log(self) -> str:
        """The device's log since it was last cleared."""
        return self.adb.run("-s", self.serial, "exec-out", "logcat", "-d", "-v", "threadtime").stdout.decode(
            errors="replace"
        )

    def log_of(self, pid: int) -> str:
        """What one process has logged since the log was last cleared."""
        arguments = ("exec-out", "logcat", "-d", "-v", "threadtime", f"--pid={pid}")
        lines = self.adb.run("-s", self.serial, *arguments).stdout.decode(errors="replace").splitlines(keepends=True)
        return "".join(line for line in lines if not line.startswith("---------"))

    def crash_of(self, package: str) -> str | None:
        """The exception of the last crash of an app since the log was cleared, or None."""
        log = self.adb.run("-s", self.serial, "exec-out", "logcat", "-d", "-b", "crash", "-v", "raw").stdout
        crash = rf"^Process: {re.escape(package)}, PID: \d+\n(.*)"
        crashes = re.findall(crash, log.decode(errors="replace"), re.MULTILINE)
        return crashes[-1].strip() if crashes else None

    def clear_log(self) -> None:
        """Forget the log so far."""
        self.adb.run("-s", self.serial, "exec-out", "logcat", "-c")

    # Display

    def density(self) -> int:
        """Pixels per inch: 160 is one pixel per dp."""
        found = re.findall(r"density: (\d+)", self.shell("wm density"))
        if not found:
            raise DeviceError(f"{self.serial}: `wm density` names no density")
        return int(found[-1])

    def is_landscape(self) -> bool:
        """Whether the display is wider than high now."""
        found = re.search(r"\bcur=(\d+)x(\d+)", self.shell("dumpsys window displays"))
        if found is None:
            raise DeviceError(f"{self.serial}: `dumpsys window displays` names no current size")
        return int(found[1]) > int(found[2])

    def set_landscape(self, on: bool) -> None:
        """Hold the device upright or on its side, whatever its sensor says."""
        self.shell(f"settings put system accelerometer_rotation 0; settings put system user_rotation {int(on)}")

    def font_scale(self) -> float:
        """How much larger than usual texts are shown."""
        return float(self.setting("font_scale", "system") or 1)

    def set_font_scale(self, scale: float | None) -> None:
        """Show texts larger, or as usual."""
        self.shell(f"settings put system font_scale {scale or 1.0}")

    def configuration_of(self, package: str) -> tuple[float, str] | None:
        """By what the app's screen in front is laid out: the size of texts, and languages as Android names them.

        None when it has no screen in front.
        """
        dump = self.shell("dumpsys activity activities")
        in_front = (
            rf"ActivityRecord\{{\S+ u\d+ {re.escape(package)}/.*?CurrentConfiguration=\{{([\d.]+) [^\[]*\[([^\]]*)\]"
        )
        found = re.search(in_front, dump, re.DOTALL)
        return (float(found[1]), found[2]) if found else None

    def locale_of(self, package: str) -> str:
        """The languages of an app's own, as tags; empty when it has the device's. Android 13 and newer."""
        answer = self.shell(f"cmd locale get-app-locales {package} --user 0")
        found = re.search(r"are \[(.*)\]", answer)
        if found is None:
            raise DeviceError(f"{self.serial}: `cmd locale get-app-locales` answered {answer.strip()!r}")
        return found[1]

    def set_locale_of(self, package: str, tag: str) -> None:
        """Give an app a language of its own by its tag, or with an empty one the device's."""
        self.shell(f"cmd locale set-app-locales {package} --user 0 --locales {shlex.quote(tag)}")

    def is_awake(self) -> bool:
        """Whether the display is on and takes input."""
        return "mWakefulness=Awake" in self.shell("dumpsys power")

    def set_awake(self, on: bool) -> None:
        """Switch the display on or off, and a lock screen without a secret away."""
        self.shell("input keyevent KEYCODE_WAKEUP; wm dismiss-keyguard" if on else "input keyevent KEYCODE_SLEEP")

    def press_home(self) -> None:
        """Press the Home key."""
        self.shell("input keyevent KEYCODE_HOME")

    def kill_in_background(self, package: str) -> None:
        """End an app's process as the system does when memory is low; one that is in front is spared."""
        self.shell(f"am kill {package}")

    def press_back(self) -> None:
        """Press the Back key."""
        self.shell("input keyevent 4")
