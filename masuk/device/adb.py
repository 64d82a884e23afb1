"""The adb binary and the server that it talks to."""

import contextlib
import functools
import os
import random
import shutil
import socket
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from host_platform import adb_cure, first_dynamic_port
from masuk.base.errors import DeviceError, UsageError
from masuk.device import adb_protocol

DEFAULT_PORT = 5037
FIRST_PORT = 16384
"""Of those that we take; emulators, Appium and most servers are below."""
PORT_ATTEMPTS = 50
ANSWER_SECONDS = 2
PORT_VARIABLE = "ANDROID_ADB_SERVER_PORT"
USABLE = "device"
"""What adb calls the state of a device that does what it is told."""
T = TypeVar("T")


def _usual_port() -> int:
    return int(os.environ.get(PORT_VARIABLE) or DEFAULT_PORT)


@dataclass(frozen=True)
class Adb:
    """An adb server by its port, by default the one that adb itself would use.

    `environment` is that of every adb process, and of whatever starts adb itself.
    """

    port: int = field(default_factory=_usual_port)
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))

    @classmethod
    def private(cls, home: Path) -> "Adb":
        """A server of our own, so that a user's adb is left alone: a free port, its own HOME, no USB.

        It still looks for emulators: that is how a server in the place of one that died finds the handset again.
        """
        home.mkdir(parents=True, exist_ok=True)
        port = free_port()
        return cls(
            port,
            {
                **os.environ,
                "HOME": str(home),
                PORT_VARIABLE: str(port),
                "ADB_USB": "0",
                "ADB_MDNS": "0",
                "ADB_MDNS_AUTO_CONNECT": "0",
            },
        )

    @classmethod
    def at(cls, port: int) -> "Adb":
        """The server of a port, which is somebody else's."""
        return cls(port, {**os.environ, PORT_VARIABLE: str(port)})

    @property
    def binary(self) -> Path:
        """The adb that ADBUTILS_ADB_PATH names, or that is in PATH, or that the PyPI package adbutils carries."""
        return _binary(os.environ.get("ADBUTILS_ADB_PATH"))

    def command(self, *arguments: str) -> list[str]:
        """The command line of an adb call."""
        return [str(self.binary), "-P", str(self.port), *arguments]

    def run(
        self, *arguments: str, timeout: float = 60, stdin: bytes | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """Run adb. Raises DeviceError when it does not end within `timeout` seconds; the exit code is the caller's."""
        try:
            return subprocess.run(
                self.command(*arguments),
                env=dict(self.environment),
                input=stdin,
                stdin=subprocess.DEVNULL if stdin is None else None,
                capture_output=True,
                timeout=timeout,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise _late(arguments, timeout) from None

    def shell(
        self, serial: str, command: str, timeout: float, stdin: bytes | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """What has become of a shell command. Raises DeviceError when it takes longer than `timeout` seconds."""
        if stdin is None:
            with contextlib.suppress(adb_protocol.RefusedError):
                return self._in_time(adb_protocol.shell, serial, "shell", command, timeout)
        return self.run("-s", serial, "shell", command, timeout=timeout, stdin=stdin)

    def output(self, serial: str, command: str, timeout: float = 60) -> bytes:
        """What a command of a device has written, byte for byte. Raises DeviceError as `shell` does."""
        with contextlib.suppress(adb_protocol.RefusedError):
            return self._in_time(adb_protocol.output, serial, "exec-out", command, timeout)
        return self.run("-s", serial, "exec-out", command, timeout=timeout).stdout

    def _in_time(
        self, ask: Callable[[int, str, str, float], T], serial: str, verb: str, command: str, timeout: float
    ) -> T:
        try:
            return ask(self.port, serial, command, timeout)
        except TimeoutError:
            raise _late(("-s", serial, verb, command), timeout) from None

    def answers(self) -> bool:
        """Whether a server listens on the port."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def is_there(self) -> bool:
        """Whether what listens on the port is an adb server: it says its version."""
        try:
            return bool(adb_protocol.host(self.port, "version", ANSWER_SECONDS))
        except (adb_protocol.RefusedError, TimeoutError):
            return False

    def demand_port(self) -> None:
        """Raise UsageError when something else than adb has the port: adb itself would wait for it for ever."""
        if self.answers() and not self.is_there():
            raise UsageError(
                f"Port {self.port} is taken by something that is no adb server. End it, or let adb use another one:"
                f" export {PORT_VARIABLE}={DEFAULT_PORT + 1}"
            )

    def devices(self) -> dict[str, str]:
        """The state of every attached device ("device", "offline", "unauthorized") by serial."""
        try:
            lines = adb_protocol.host(self.port, "devices", ANSWER_SECONDS).splitlines()
        except (adb_protocol.RefusedError, TimeoutError):  # the program starts a server, or says what is wrong
            lines = self.run("devices").stdout.decode(errors="replace").splitlines()[1:]
        return {parts[0]: parts[1] for parts in (line.split() for line in lines) if len(parts) == 2}


def free_port() -> int:
    """A TCP port of the loopback interface that nothing listens on now.

    It is none of those that the kernel gives to outgoing connections: one of these could take it before it is used.
    """
    ours = range(FIRST_PORT, first_dynamic_port())
    for port in random.sample(ours, min(len(ours), PORT_ATTEMPTS)):
        if can_listen(port):
            return port
    return can_listen(0)


def can_listen(port: int) -> int:
    """The port that was bound, any for 0; 0 when it is taken."""
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return 0
        bound: int = probe.getsockname()[1]
        return bound


@functools.cache
def _binary(named: str | None) -> Path:
    """As adbutils itself chooses, but without its import, which takes longer than the start of an app."""
    if found := named or shutil.which("adb"):
        return Path(found)
    package = find_spec("adbutils")  # which brings adb for x86-64 only
    if package is None or package.origin is None:
        raise DeviceError(f"adb is not in PATH. Install it: {adb_cure()}")
    return Path(package.origin).parent / "binaries" / "adb"


def _late(arguments: Sequence[str], timeout: float) -> DeviceError:
    return DeviceError(
        f"adb {_line(arguments)} did not end within {timeout:g} s. Is the device still there? Try: masuk devices"
    )


def _line(arguments: Sequence[str]) -> str:
    line = " ".join(arguments)
    return line if len(line) <= 120 else f"{line[:120]}…"
