"""An Android emulator that is started for a run, from an AVD that is there already: `--avd NAME`.

Nothing of this was seen on a real emulator yet: the test lets a handset answer in its place.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from masuk.base.errors import DeviceError, NotReached, UsageError
from masuk.base.polling import until
from masuk.base.processes import Child
from masuk.device import AdbDevice
from masuk.device.adb import PORT_VARIABLE, Adb, can_listen

BOOT_SECONDS = 300
NETWORK_SECONDS = 60
CONSOLE_PORTS = range(5554, 5682, 2)
"""Where adb looks for emulators; each takes the next port for adb too."""
HEADLESS = (
    *("-no-window", "-no-audio", "-no-boot-anim", "-no-snapshot"),
    *("-gpu", "swiftshader_indirect"),
)
PRIMED = {
    "global hide_error_dialogs": "1",
    "global window_animation_scale": "0",
    "global transition_animation_scale": "0",
    "global animator_duration_scale": "0",
    "secure immersive_mode_confirmations": "confirmed",
    "secure stylus_handwriting_enabled": "0",
    "secure autofill_service": "null",
    "secure credential_service": "null",
}
"""Settings without which a fresh image disturbs tests with dialogs and hints of its own."""


def binary(environment: Mapping[str, str] = os.environ) -> Path | None:
    """The emulator of the Android SDK that ANDROID_HOME or ANDROID_SDK_ROOT names, or the one in PATH."""
    for variable in ("ANDROID_HOME", "ANDROID_SDK_ROOT"):
        found = Path(environment.get(variable, "")) / "emulator" / "emulator"
        if environment.get(variable) and found.exists():
            return found
    in_path = shutil.which("emulator", path=environment.get("PATH"))
    return Path(in_path) if in_path else None


def names(emulator: Path) -> list[str]:
    """The AVDs that there are."""
    listed = subprocess.run([str(emulator), "-list-avds"], capture_output=True, text=True, check=False, timeout=60)
    return [line.strip() for line in listed.stdout.splitlines() if line.strip() and " " not in line.strip()]


def demand(avd: str) -> None:
    """Raise UsageError when there is no emulator, or none of that name."""
    found = binary()
    if found is None:
        raise UsageError(
            "--avd: no emulator is here; looked in ANDROID_HOME, ANDROID_SDK_ROOT and PATH. Install the package"
            " `emulator` of the Android SDK, or leave out --avd: the handset needs none."
        )
    known = names(found)
    if avd not in known:
        raise UsageError(f"--avd: there is no {avd}; there are: {', '.join(known) or 'none'}. Try: emulator -list-avds")


class Emulator:
    """A running emulator. It is known to the user's own adb, as every emulator is."""

    def __init__(self, avd: str, adb: Adb, log: Path) -> None:
        emulator = binary()
        if emulator is None:
            raise DeviceError("The emulator has gone since the run began. Install it again, or leave out --avd.")
        self._port = _free_console_port()
        self._adb = adb
        self._child = Child(
            f"emulator {avd}",
            [str(emulator), "-avd", avd, "-port", str(self._port), *HEADLESS],
            {**os.environ, PORT_VARIABLE: str(adb.port)},
            log,
        )

    @property
    def pid(self) -> int:
        """The process id."""
        return self._child.pid

    @property
    def serial(self) -> str:
        """As `adb devices` shows it."""
        return f"emulator-{self._port}"

    def ready(self) -> AdbDevice:
        """The device, when it has booted, has a network and is primed. Raises DeviceError with the emulator's words."""
        device = AdbDevice(self.serial, self._adb)
        self._await("come up", lambda: self._adb.devices().get(self.serial) == "device", BOOT_SECONDS)
        self._await("boot", lambda: device.shell("getprop sys.boot_completed").strip() == "1", BOOT_SECONDS)
        self._await("have a network", lambda: device.network.transport() is not None, NETWORK_SECONDS)
        for key, value in PRIMED.items():
            device.shell(f"settings put {key} {value}")
        return device

    def stop(self) -> None:
        """End it as its own console would."""
        if self._child.alive:
            self._adb.run("-s", self.serial, "emu", "kill")
        self._child.stop()

    def _await(self, what: str, done: Callable[[], bool], seconds: float) -> None:
        try:
            until(lambda: done() or not self._child.alive, f"the emulator to {what}", timeout=seconds, interval=0.5)
        except NotReached as late:
            raise DeviceError(f"{late} Its last words:\n{self._child.tail()}") from late
        if not self._child.alive:
            raise DeviceError(f"The emulator ended before it could {what}:\n{self._child.tail()}")


def _free_console_port() -> int:
    for port in CONSOLE_PORTS:
        if can_listen(port) and can_listen(port + 1):
            return port
    raise DeviceError("No port is free for another emulator. End one of those that run: masuk devices")
