"""The real processes that are measured, in a folder of their own beside the checkout's tools."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from masuk.automation.run_processes import Stack
from masuk.base.errors import SetupError
from masuk.base.locations import SUITE, Project
from masuk.base.polling import until
from masuk.base.processes import Child
from masuk.config.profile import Profile
from masuk.config.profile import load as load_profile
from masuk.config.settings import Settings
from masuk.device import AdbDevice
from masuk.device.adb import Adb
from masuk.toolchain.tools import Toolchain

SHARED = ("apps", "authority", "handset", "jars", "node", "signing")
READY_SECONDS = 60
WARM_SECONDS = 120
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Handset:
    """A running handset: its daemon's process, the device that it is, and the folder of its data."""

    child: Child
    device: AdbDevice
    folder: Path

    def wait_until_warm(self) -> int:
        """Wait until a spare process is warm that no app has taken; its pid."""
        return until(self._idle_spare, "a warm spare process", timeout=WARM_SECONDS)

    def _idle_spare(self) -> int | None:
        started, warm = 0, set()
        for line in (self.folder / "trace.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if record["what"] == "spare starts":
                started = record["pid"]
            elif record["what"] == "spare is warm":
                warm.add(record["pid"])
        return started if started in warm and started not in self._taken() else None

    def _taken(self) -> set[int]:
        """The pids that the device shows: those of apps, not that of the spare."""
        return {int(word) for word in self.device.shell("ps -A -o PID").split() if word.isdigit()}


class Rig:
    """A private adb server, and handsets and Appium servers started on it one at a time."""

    def __init__(self, root: Path) -> None:
        made = Toolchain.default()
        for name in SHARED:
            if not (made.root / name).exists():
                raise SetupError(f"The toolchain is not complete: {made.root / name} is missing. Run: masuk setup")
            (root / name).symlink_to(made.root / name)
        self.toolchain = Toolchain(root)
        self.project = Project(SUITE, root)
        self.logs = root / "logs"
        self.adb = Adb.private(self.project.private_home)
        self.profile: Profile = load_profile(SUITE / Settings().profile, SUITE, self.toolchain.apps)

    @contextmanager
    def adb_server(self) -> Iterator[None]:
        """The adb server, ended with the block."""
        server = Child("adb", self.adb.command("nodaemon", "server"), self.adb.environment, self.logs / "adb.log")
        try:
            until(self.adb.answers, "the adb server to answer", timeout=READY_SECONDS, seen=server.tail)
            yield
        finally:
            server.stop()

    @contextmanager
    def handset(self, *options: str, name: str = "benchmark") -> Iterator[Handset]:
        """A handset with the app under test installed, ended with the block. `options` are those of `handset start`."""
        child = self.start_handset(*options, name=name)
        try:
            serial = self.wait_for_handset(child)
            device = AdbDevice(serial, self.adb)
            until(lambda: self.adb.devices().get(serial) == "device", f"{serial} to come up", timeout=READY_SECONDS)
            device.apps.install(self.profile.app.apk)
            yield Handset(child, device, self.toolchain.root / "devices" / name)
        finally:
            child.stop()

    def start_handset(self, *options: str, name: str = "benchmark") -> Child:
        """Start a handset without waiting for it."""
        home = ("--home", str(self.toolchain.root))
        command = [sys.executable, "-m", "handset", "start", "--name", name, "--wipe", *home]
        return Child(
            "handset",
            [*command, "--adb-server", str(self.adb.port), *options],
            self.adb.environment,
            self.logs / f"{name}.log",
        )

    def wait_for_handset(self, child: Child) -> str:
        """Wait until a handset can be used; its serial."""
        return child.wait_for_line(lambda line: line.startswith("ready "), READY_SECONDS).split()[1]

    @contextmanager
    def appium(self, device: AdbDevice) -> Iterator[Stack]:
        """An Appium server that is starting, ended with the block; its `appium_url` waits until it is ready."""
        # The runs that are measured take the device.
        stack = Stack(Settings(device=device.serial), self.toolchain, self.project, self.logs, use=None)
        stack.adb = self.adb
        try:
            stack.start()
            yield stack
        finally:
            stack.stop()


def cpu_seconds(pid: int) -> float:
    """The processor time that a process has used until now, its own and the kernel's for it."""
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


def memory(pid: int) -> tuple[float, float]:
    """What a process holds of the memory in MB: resident, and with shared pages counted by share (RSS, PSS)."""
    held = psutil.Process(pid).memory_full_info()
    return held.rss / MEGABYTE, held.pss / MEGABYTE
