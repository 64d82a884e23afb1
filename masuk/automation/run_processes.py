"""What a run starts beside the tests: an adb server and a handset where no device is named, and Appium."""

import json
import os
import shutil
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from masuk.automation.reachability import attached, attached_offer, demand_appium
from masuk.automation.run_plan import RunPlan
from masuk.base.errors import DeviceError, InfrastructureError, NotServed
from masuk.base.locations import Project
from masuk.base.polling import until
from masuk.base.processes import Child
from masuk.config.settings import Settings
from masuk.device import AdbDevice
from masuk.device.adb import Adb, free_port
from masuk.device.adb_reaper import Reaper
from masuk.device.emulator import Emulator
from masuk.device.leases import Lease, Use, take_one
from masuk.toolchain.tools import Toolchain

START_SECONDS = 60
LOG_FILTER = {"pattern": r"(?<=Responding to client with driver\.\w+\(\) result: ).*"}
"""Answers in Appium's log: the header of discreet clients covers requests and what the driver passes on, not these.

One rule without a comma, at which Appium would divide it.
"""


class Stack:
    """Starts what the settings leave to us, all at once, and waits for each piece when it is first needed."""

    def __init__(
        self,
        settings: Settings,
        toolchain: Toolchain,
        project: Project,
        logs: Path,
        name: str = "default",
        use: Use | None = Use.RUN,
        mask: Callable[[str], str] = str,
    ) -> None:
        """Prepare a stack; nothing is started yet.

        `use` is what is done with a device that is named; None: the caller holds the lease. `mask` is applied to what
        the processes print, before it is written to `logs`.
        """
        self._mask = mask
        self._settings = settings
        self._toolchain = toolchain
        self._project = project
        self.logs = logs
        self._name = name
        self._offers = settings.offers
        named = self._offers[0].serial is not None
        # Whoever writes a capability file for an address and names no serial leaves the choice to the other side.
        self._chosen_there = not named and settings.appium_url is not None and settings.capabilities is not None
        self._own = not named and not self._chosen_there and settings.avd is None
        self._use = use if named else None
        self._lease: Lease | None = None
        self.adb = Adb.private(project.private_home) if self._own else Adb()
        self._adb_server: Child | None = None
        self._reaper: Reaper | None = None
        self._handset: Child | None = None
        self._emulator: Emulator | None = None
        self._appium: Child | None = None
        self._device: AdbDevice | None = None
        self._device_lock = threading.Lock()
        self._device_trouble: InfrastructureError | None = None
        self._appium_url = settings.appium_url
        self._appium_ready = False

    @classmethod
    def of_run(
        cls, plan: RunPlan, toolchain: Toolchain, mask: Callable[[str], str], worker: str | None = None
    ) -> "Stack":
        """That of a run, or of one of its workers: the names of its folder and of the worker tell its handset apart."""
        run = plan.folder.path.name if plan.folder.path != plan.project.work else None
        name = "-".join(filter(None, [run, worker])) or "default"
        logs = plan.folder.logs / worker if worker else plan.folder.logs
        # Whoever has opened a session has the device too.
        use = Use.RUN if plan.session_id is None else None
        return cls(plan.settings, toolchain, plan.project, logs, name, use, mask)

    def start(self) -> None:
        """Start the processes without waiting for them."""
        self.start_device()
        if self._appium_url is None:
            self._start_appium()

    def start_device(self) -> None:
        """The same without Appium, for what needs no session."""
        if self._use is not None:
            self._take_device(self._use)
        if self._own:
            self._reaper = Reaper(self.adb.port)
            self._adb_server = self._start_adb_server()
            self._handset = self._start_handset()
        if self._settings.avd is not None:
            self._emulator = Emulator(self._settings.avd, self.adb, self.logs / "emulator.log")

    def revive(self) -> None:
        """Start anew what has died, without waiting for it.

        For the main thread, before another one uses this: Linux ends a child together with the thread that started it.
        """
        with self._device_lock:
            self._revive_handset()
        self._revive_appium()

    def ready_device(self) -> AdbDevice:
        """The device; waits until it is usable, once: a device that did not come up is not waited for again.

        A handset of this run that has died since is replaced. It may be asked for from several threads.
        """
        with self._device_lock:
            return self._live_device()

    def _live_device(self) -> AdbDevice:
        self._revive_handset()
        if self._device_trouble is not None:
            raise self._device_trouble
        if self._device is None:
            try:
                self._device = self._await_device()
            except InfrastructureError as trouble:
                self._device_trouble = trouble
                raise
        return self._device

    @property
    def asked(self) -> Mapping[str, object]:
        """The capabilities that sessions on the device ask for, beside our own."""
        return (self._lease.offer if self._lease is not None else self._offers[0]).capabilities

    def ready_appium(self) -> str:
        """The address of the Appium server, once it answers; started anew when the one of this run has died."""
        self._revive_appium()
        assert self._appium_url is not None
        if not self._appium_ready:
            self._await_appium(self._appium_url)
        return self._appium_url

    @property
    def appium(self) -> Child | None:
        """The Appium process of this run, if it is ours."""
        return self._appium

    @property
    def handset(self) -> Child | None:
        """The handset of this run, if it is ours."""
        return self._handset

    @property
    def left_behind(self) -> list[Path]:
        """The folders in which the processes leave files: their logs, their home, and the data of an own handset."""
        own = [self._project.private_home, self._project.devices / self._name] if self._own else []
        return [self.logs, *own]

    def stop(self) -> None:
        """End everything that was started. A second call does nothing."""
        for child in (self._appium, self._handset, self._emulator, self._adb_server):
            if child is not None:
                child.stop()
        reaper, self._reaper = self._reaper, None
        if reaper is not None:
            reaper.finish()  # adb may have started another server, since ours was killed
        lease, self._lease = self._lease, None
        if lease is not None:
            lease.release()

    def _take_device(self, use: Use) -> None:
        """One that nobody else has. That there is none is said when the device is asked for."""
        try:
            self._lease = take_one(self._offers, self._toolchain.leases, use)
        except DeviceError as trouble:
            self._device_trouble = trouble
            return
        if self._lease.offer.adb_port is not None:
            self.adb = Adb.at(self._lease.offer.adb_port)

    def _revive_handset(self) -> None:
        if self._device is not None and self._handset is not None and not self._handset.alive:
            self._handset = self._start_handset()
            self._device = None

    def _revive_appium(self) -> None:
        if self._appium is not None and not self._appium.alive:
            self._start_appium()

    def _start_adb_server(self) -> Child:
        """In the foreground, as our child: a server that adb starts by itself would outlive a killed run."""
        server = Child(
            "adb", self.adb.command("nodaemon", "server"), self.adb.environment, self.logs / "adb.log", mask=self._mask
        )
        until(lambda: self.adb.answers() or not server.alive, "the adb server to answer", timeout=START_SECONDS)
        if not server.alive:
            raise DeviceError(f"The adb server ended at once:\n{server.tail()}")
        return server

    def _start_handset(self) -> Child:
        places = ("--home", str(self._toolchain.root), "--devices", str(self._project.devices))
        command = [sys.executable, "-m", "handset", "start", "--name", self._name, *places]
        handset = Child(
            "handset",
            [*command, "--adb-server", str(self.adb.port), "--forget"],
            self.adb.environment,
            self.logs / "handset.log",
            mask=self._mask,
        )
        self._follow(handset)
        return handset

    def _start_appium(self) -> None:
        port = free_port()
        self._appium_url = f"http://127.0.0.1:{port}"
        self._appium_ready = False
        command = self._toolchain.node_script("appium", "index.js")
        options = ["--log-no-colors", "--log-timestamp", "--log-filters", json.dumps(LOG_FILTER)]
        self._appium = Child(
            "Appium",
            [*command, "server", "--address", "127.0.0.1", "--port", str(port), *options],
            {
                **self.adb.environment,
                "HOME": str(self._project.private_home),
                "APPIUM_HOME": str(self._toolchain.appium_home()),
                "ANDROID_HOME": str(self._android_home()),
                "JAVA_HOME": str(self._toolchain.java_home),
            },
            self.logs / "appium.log",
            mask=self._mask,
        )
        self._follow(self._appium)

    def _follow(self, child: Child) -> None:
        if self._reaper is not None:
            self._reaper.follow(child.pid)

    def _android_home(self) -> Path:
        """What Appium takes for an Android SDK: nothing but adb where it looks for it."""
        tools = self._toolchain.root / "sdk" / "platform-tools"
        tools.mkdir(parents=True, exist_ok=True)
        adb = tools / self.adb.binary.name
        if not adb.exists():
            whole = tools / f"{adb.name}-{os.getpid()}"  # another run may do the same
            shutil.copy2(self.adb.binary, whole)
            whole.replace(adb)
        return tools.parent

    def _await_appium(self, url: str) -> None:
        if self._appium is not None:
            self._appium.wait_for_line(lambda line: "listener started on" in line, START_SECONDS)
        else:
            demand_appium(url)
        self._appium_ready = True

    def _await_device(self) -> AdbDevice:
        if self._chosen_there:
            raise NotServed(
                f"the device is chosen at {self._settings.appium_url} and not reached through adb, which every scenario"
                f" needs; name devices that are, as appium:udid in {self._settings.capabilities} or with --device"
            )
        if self._emulator is not None:
            return self._emulator.ready()
        if self._handset is not None:
            ready = self._handset.wait_for_line(lambda line: line.startswith("ready "), START_SECONDS)
            return attached(ready.split()[1], self.adb)
        return attached_offer(self._lease.offer if self._lease is not None else self._offers[0], self.adb)
