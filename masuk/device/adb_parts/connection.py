"""A device's shell, over adb."""

import shlex
import subprocess
from dataclasses import dataclass

from masuk.base.errors import DeviceError
from masuk.device.adb import Adb


@dataclass(frozen=True)
class Connection:
    """The device of a serial, as a shell."""

    serial: str
    adb: Adb

    def command_line(self, *words: str) -> str:
        """An adb command about the device, for a person to copy: it runs in any terminal, wherever adb is."""
        return shlex.join(self.adb.command("-s", self.serial, *words))

    def shell(self, command: str, *, timeout: float = 60, stdin: bytes | None = None) -> str:
        """The standard output of a shell command that must succeed. Raises DeviceError with the command's own words."""
        result = self.attempt(command, timeout=timeout, stdin=stdin)
        if result.returncode:
            raise DeviceError(
                f"{self.serial}: `{command}` failed with exit code {result.returncode}: "
                f"{(result.stdout + result.stderr).decode(errors='replace').strip() or 'no output'}"
            )
        return result.stdout.decode(errors="replace")

    def attempt(
        self, command: str, *, timeout: float = 60, stdin: bytes | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """What has become of a shell command, whatever it was."""
        return self.adb.shell(self.serial, command, timeout, stdin)

    def succeeds(self, command: str, *, timeout: float = 60) -> bool:
        """Whether a shell command exits with 0."""
        return self.attempt(command, timeout=timeout).returncode == 0

    def output(self, *command: str) -> bytes:
        """What a command has written, byte for byte. Unlike some of adb's own commands it never waits for a device."""
        return self.adb.output(self.serial, " ".join(command))

    def property(self, name: str) -> str:
        """A system property; empty when it has none."""
        return self.shell(f"getprop {name}").strip()

    def setting(self, name: str, namespace: str = "global") -> str | None:
        """A value of the settings provider, or None."""
        value = self.shell(f"settings get {namespace} {name}").strip()
        return None if value in {"", "null"} else value


class Part:
    """A device in one respect."""

    def __init__(self, device: Connection) -> None:
        self._device = device
