"""A device: all parts wired together around one state."""

import asyncio
import fcntl
import os
import shutil
import time
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import IO, Any

from handset.base.display import Display
from handset.base.errors import DeviceInUse, InstallFailure
from handset.base.home import Home
from handset.base.logs import LogBuffer
from handset.base.process_kind import ProcessKind
from handset.base.trace import Trace
from handset.packages.dex import DexTranslator
from handset.packages.install_options import InstallSession
from handset.packages.package_manager import Packages, Translate
from handset.processes.activity_manager import ActivityManager
from handset.processes.app_process import AppProcess, ProcessObserver
from handset.processes.process_table import ProcessTable
from handset.processes.system_services import Machine
from handset.processes.warm_process import Spare
from handset.state.clock import Clock
from handset.state.configuration import Configurations
from handset.state.files import DeviceFiles
from handset.state.network import Network
from handset.state.settings_store import Properties, Settings, Store
from handset.ui.touchscreen import Screen
from handset.ui.uiautomator2.server import AutomationServer

JavaCommand = Callable[[Home, Path, ProcessKind], Sequence[str]]


TRACE = "trace.jsonl"
"""The name of a device's diary in its folder."""


class DeviceLock:
    """Lets one process run a device; the kernel frees it when that process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    def acquire(self) -> None:
        """Take the lock. Raises DeviceInUse naming the holder."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a+", encoding="utf-8")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            file.close()
            raise DeviceInUse(
                f"The device {self._path.parent.name!r} already runs (process {holder})."
                " Stop it first, or start another one with --name."
            ) from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        self._file = file

    def release(self) -> None:
        """Give the lock back."""
        if self._file is not None:
            self._file.close()
            self._file = None


class Device:
    """One Android device. `java_command` and `translate` are replaced in tests by fakes."""

    def __init__(
        self,
        home: Home,
        name: str,
        *,
        serial: str,
        java_command: JavaCommand,
        translate: Translate | None = None,
        spare: bool = True,
    ) -> None:
        self.home = home
        self.name = name
        self.folder = home.devices / name
        self._started = time.monotonic()
        self._java_command = java_command
        self._background: set[asyncio.Task[Any]] = set()
        store = Store(self.folder / "state.json")
        self.trace = Trace(self.folder / TRACE)
        self.files = DeviceFiles(self.folder / "root")
        self.files.prepare()
        self.display = Display()
        self.settings = Settings(store)
        self.clock = Clock(self.settings)
        self.logs = LogBuffer(now=self.clock.now)
        self.properties = Properties(store, self.display, name, serial)
        self.configurations = Configurations(store, self.settings, self.properties)
        self.network = Network(store, self.settings)
        self.table = ProcessTable()
        self.install_sessions: dict[int, InstallSession] = {}
        translator = translate or DexTranslator(home, self.trace).translate
        self.packages = Packages(store, self.files, home, translator, self._stop_package)
        machine = Machine(
            self.packages,
            self.files,
            self.network,
            self.clock,
            self.configurations,
            self.logs,
            self.table,
            self.display,
            self.trace,
        )
        self._spare = Spare(self._spawn, self.trace, enabled=spare)
        self.activities = ActivityManager(machine, self._spawn, self._spare)
        self.screen = Screen(self.activities, self.display)
        self.automation = AutomationServer(self.screen, self.properties, self.trace, on_call=self._spare.hold_still)
        self.activities.stop_listeners.append(self._stop_automation)

    @property
    def uptime(self) -> float:
        """Seconds since the device was started."""
        return time.monotonic() - self._started

    @property
    def scratch(self) -> Path:
        """A folder for what is being received."""
        folder = self.folder / "scratch"
        folder.mkdir(exist_ok=True)
        return folder

    async def boot(self) -> None:
        """Preinstall Appium's helpers and start the spare process."""
        shutil.rmtree(self.folder / "scratch", ignore_errors=True)
        shutil.rmtree(self.folder / "cache", ignore_errors=True)
        self.logs.add("I", "boot", f"handset {self.name} boots", buffer="system")
        apks = self.home.appium_apks()
        if not apks:
            self.logs.add("W", "handset", f"Appium's helper APKs are not in {self.home.node_modules}")
        for apk in apks:
            try:
                await self.packages.preinstall(apk)
            except InstallFailure as failure:
                self.logs.add("W", "handset", f"{apk.name} is not preinstalled: {failure}")
        await self.network.follow_settings()
        await self.follow_rotation()
        await self._spare.prepare()

    async def follow_rotation(self) -> None:
        """Turn the screen as the settings say: 1 and 3 are landscape."""
        told = self.settings.get("system", "user_rotation") or "0"
        await self.screen.rotate(int(told) % 2 if told.isdigit() else 0)

    async def reboot(self) -> None:
        """End all apps and the automation server, and show the launcher; data stays, the time is the network's."""
        await self.automation.stop()
        for app in self.activities.apps:
            await self.activities.force_stop(app.package.name)
        await self.activities.go_home()
        await self.clock.restart()
        self._started = time.monotonic()

    async def close(self) -> None:
        """End every process."""
        await self.automation.stop()
        await self.activities.close()
        for task in list(self._background):
            task.cancel()
        self.trace.close()

    def run_in_background(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something that must end although its caller is cancelled."""
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _spawn(self, observer: ProcessObserver, kind: ProcessKind) -> AppProcess:
        return await AppProcess.spawn(
            lambda cache: self._java_command(self.home, cache, kind), self.folder / "cache", observer
        )

    async def _stop_package(self, name: str) -> None:
        await self.activities.force_stop(name)

    def _stop_automation(self, package: str) -> None:
        if package.startswith("io.appium.uiautomator2.server"):
            self.run_in_background(self.automation.stop())
