"""The activity manager: starts and ends apps, and passes calls to the app in front."""

import asyncio
import os
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from handset.base.errors import NotResponding, ProcessDied
from handset.packages.system_packages import LAUNCHER_PACKAGE
from handset.processes.app_notifier import Bulletin
from handset.processes.app_process import JsonObject
from handset.processes.app_records import CANCELLED, TIMED_OUT, Focus, Launch, RunningApp, StartRequest
from handset.processes.app_starter import AppStarter, Spawn
from handset.processes.calls_to_apps import AppCalls
from handset.processes.exits import ExitHistory
from handset.processes.process_reports import ProcessReports
from handset.processes.running_apps import RunningApps
from handset.processes.system_services import Machine
from handset.processes.tasks import SavedTasks
from handset.processes.warm_process import Spare

SETTINGS_HELPER = "io.appium.settings"


class ActivityManager:
    """Runs apps: `apps` are those with a process. `stop_listeners` are called with a force-stopped package's name."""

    def __init__(self, machine: Machine, spawn: Spawn, spare: Spare) -> None:
        self._machine = machine
        self.apps = RunningApps()
        self._locks: dict[str, asyncio.Lock] = {}
        self._tasks = SavedTasks()
        self.foreground_services: set[str] = set()
        self.exits = ExitHistory(machine.clock.now)
        self.stop_listeners: list[Callable[[str], None]] = []
        machine.table.pretend(LAUNCHER_PACKAGE, "u0_a60")
        self._calls = AppCalls(machine.logs)
        self._reports = ProcessReports(machine, self.apps, self._tasks, self.exits)
        bulletin = Bulletin(machine, self._calls, self.apps.bound)
        self._starter = AppStarter(machine, spawn, spare, bulletin, self._tasks)
        machine.configurations.listen(self._configure_front)

    async def front_app(self) -> RunningApp | None:
        """The app in front once its first screen is idle; None when the launcher or a system screen is in front."""
        app = self.apps.front
        if app is None or not app.process.alive:
            return None
        await asyncio.wait([app.bound])
        return app if app.process.alive and self.apps.is_in_front(app.package.name) else None

    async def call_front(self, name: str, **arguments: Any) -> JsonObject | None:
        """Ask the app in front; None when there is none, or none any more.

        Raises AppProcessError; an ANR goes to the log too.
        """
        app = await self.front_app()
        if app is None:
            return None
        try:
            return await self._calls.ask(app, name, **arguments)
        except ProcessDied:
            await app.process.ended()
            return None

    async def inform_front(self, name: str, **arguments: Any) -> JsonObject | None:
        """Give the app in front a notice. Never raises; None without such an app, or without its answer in time."""
        app = self.apps.front
        return None if app is None else await self._calls.inform(app, name, **arguments)

    async def start(self, request: StartRequest, *, wait: bool = True) -> Launch:
        """Bring an activity to the front, starting a process when the package has none. Raises AppProcessError."""
        started = time.monotonic()
        name = request.package.name
        request.package.stopped = False
        if not request.package.runs:
            await self._pretend_start(request)
            return Launch("COLD", 0)
        await self._make_way_for(name)
        self._info(f"START u0 {{act={request.action} cmp={Focus(name, request.target).short}}}", "ActivityTaskManager")
        try:
            async with self._locks.setdefault(name, asyncio.Lock()):
                app = self.apps.get(name)
                if app is not None and app.process.alive:
                    state = await self._restart(app, request)
                else:
                    app = await self._start_process(request)
                    state = "COLD"
            if wait:
                await asyncio.shield(app.bound)
        except ProcessDied:
            return CANCELLED
        except NotResponding:
            return TIMED_OUT
        return Launch(state, int((time.monotonic() - started) * 1000))

    async def go_home(self) -> None:
        """Show the launcher; apps keep running."""
        await self._make_way_for(LAUNCHER_PACKAGE)
        self.apps.show_launcher()

    async def _make_way_for(self, name: str) -> None:
        """Stop the app in front, unless it is the one that is to be in front, and keep what its activities save."""
        app = self.apps.front
        if app is None or self.apps.is_in_front(name):
            return
        left = await self._calls.inform(app, "background")
        if left is not None:
            self._tasks.keep(app.package.name, left["states"])

    async def force_stop(self, name: str) -> None:
        """Kill a package's process as `am force-stop` does; returns when it is gone."""
        package = self._machine.packages.get(name)
        if package is None:
            return
        package.stopped = True
        self._tasks.forget(name)
        app = self.apps.get(name)
        self.foreground_services.discard(name)
        for listener in self.stop_listeners:
            listener(name)
        if app is not None:
            self.exits.request(app.process.pid)
            self._info(f"Force stopping {name} appid={package.uid} user=0: from pid {os.getpid()}")
            self._info(f"Killing {app.process.pid}:{name}/{package.user_name} (adj 0): stop {name}")
            app.process.kill()
            await app.process.ended()
        for entry in self._machine.table.named(name):
            self._machine.table.remove(entry.pid)
        if self.apps.is_in_front(name):
            self.apps.show_launcher()

    async def kill_background(self, name: str) -> None:
        """Kill a package's process unless it is in front, as `am kill` does."""
        app = self.apps.get(name)
        if app is not None and not self.apps.is_in_front(name):
            self.exits.request(app.process.pid)
            app.process.kill()
            await app.process.ended()

    async def close(self) -> None:
        """Kill every process."""
        self._calls.close()
        for app in self.apps:
            app.process.kill()
        for app in self.apps:
            await app.process.ended()
        await self._starter.close()

    async def _pretend_start(self, request: StartRequest) -> None:
        name = request.package.name
        if not self._machine.table.named(name):
            self._machine.table.pretend(name, request.package.user_name)
        if name == SETTINGS_HELPER:
            self.foreground_services.add(name)
            return
        await self._make_way_for(name)
        self.apps.show(name, request.target)

    async def _restart(self, app: RunningApp, request: StartRequest) -> str:
        await asyncio.shield(app.bound)
        state = "WARM" if app.finished else "HOT"
        await self._calls.ask(
            app,
            "start",
            activity=request.target,
            action=request.action,
            extras=dict(request.extras),
            flags=request.flags,
        )
        # An event of before, such as the end of the last activity, may have sent the app to the back meanwhile.
        app.finished = False
        self._tasks.forget(app.package.name)
        self.apps.to_front(app)
        await self._configure(app)
        return state

    async def _start_process(self, request: StartRequest) -> RunningApp:
        app = await self._starter.start(request, self._reports)
        package = app.package
        self.apps.add(app)
        component = Focus(package.name, request.target).short
        self._info(
            f"Start proc {app.process.pid}:{package.name}/{package.user_name} for next-top-activity {{{component}}}"
        )
        self.apps.to_front(app)
        return app

    async def _configure_front(self) -> None:
        app = self.apps.front
        if app is not None:
            await self._configure(app)

    async def _configure(self, app: RunningApp) -> None:
        """Tell an app in front its configuration, unless it has it; the others are told when they come to the front."""
        configuration = self._machine.configurations.of(app.package.name)
        if configuration != app.configuration:
            app.configuration = configuration
            await self._calls.inform(app, "configure", configuration=asdict(configuration))

    def _info(self, message: str, tag: str = "ActivityManager") -> None:
        self._machine.logs.add("I", tag, message, buffer="system")
