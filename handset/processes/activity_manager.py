"""The activity manager: which apps run, which one is in front, how they start and end."""

import asyncio
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from handset.base import keys
from handset.base.errors import NotResponding, ProcessDied
from handset.packages.system_packages import LAUNCHER_PACKAGE, SYSTEM_PACKAGES
from handset.processes.app_notifier import Bulletin
from handset.processes.app_process import AppProcess, JsonObject
from handset.processes.app_records import CANCELLED, TIMED_OUT, Focus, Launch, RunningApp, StartRequest
from handset.processes.app_starter import AppStarter, Spawn
from handset.processes.calls_to_apps import AppCalls
from handset.processes.exits import ExitHistory
from handset.processes.system_services import Machine
from handset.processes.tasks import SavedTasks
from handset.processes.warm_process import Spare

SETTINGS_HELPER = "io.appium.settings"
ENDED_BY_CRASH = 10


class ActivityManager:
    """Runs apps. `stop_listeners` are called with a package's name when it is force-stopped."""

    def __init__(self, machine: Machine, spawn: Spawn, spare: Spare) -> None:
        self._machine = machine
        self._apps: dict[str, RunningApp] = {}
        self._front = LAUNCHER_PACKAGE
        self._front_activity = SYSTEM_PACKAGES[LAUNCHER_PACKAGE] or ""
        self._changed = asyncio.Event()
        self._locks: dict[str, asyncio.Lock] = {}
        self._tasks = SavedTasks()
        self.foreground_services: set[str] = set()
        self.exits = ExitHistory(machine.clock.now)
        self.stop_listeners: list[Callable[[str], None]] = []
        machine.table.pretend(LAUNCHER_PACKAGE, "u0_a60")
        self._calls = AppCalls(machine.logs)
        bulletin = Bulletin(machine, self._calls, self._bound)
        self._starter = AppStarter(machine, spawn, spare, bulletin, self._tasks)
        machine.configurations.listen(self._configure_front)

    @property
    def focus(self) -> Focus:
        """The component in front."""
        app = self._apps.get(self._front)
        return Focus(self._front, app.activity if app else self._front_activity)

    @property
    def running(self) -> list[RunningApp]:
        """The apps that have a process."""
        return list(self._apps.values())

    async def front_app(self) -> RunningApp | None:
        """The app in front once its first screen is idle; None when the launcher or a system screen is in front."""
        app = self._apps.get(self._front)
        if app is None or not app.process.alive:
            return None
        await asyncio.wait([app.bound])
        return app if app.process.alive and self._front == app.package.name else None

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
        app = self._apps.get(self._front)
        return None if app is None else await self._calls.inform(app, name, **arguments)

    async def wait_for_change(self, seconds: float) -> bool:
        """Wait until the stack, the focus or a process changed; False when nothing did for `seconds`."""
        try:
            async with asyncio.timeout(seconds):
                await self._changed.wait()
        except TimeoutError:
            return False
        return True

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
                app = self._apps.get(name)
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
        self._show_launcher()

    async def _make_way_for(self, name: str) -> None:
        """Stop the app in front, unless it is the one that is to be in front, and keep what its activities save."""
        app = self._apps.get(self._front)
        if app is None or self._front == name:
            return
        left = await self._calls.inform(app, "background")
        if left is not None:
            self._tasks.keep(app.package.name, left["states"])

    def _show_launcher(self) -> None:
        self._front = LAUNCHER_PACKAGE
        self._front_activity = SYSTEM_PACKAGES[LAUNCHER_PACKAGE] or ""
        self._notify()

    async def force_stop(self, name: str) -> None:
        """Kill a package's process as `am force-stop` does; returns when it is gone."""
        package = self._machine.packages.get(name)
        if package is None:
            return
        package.stopped = True
        self._tasks.forget(name)
        app = self._apps.get(name)
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
        if self._front == name:
            self._show_launcher()

    async def kill_background(self, name: str) -> None:
        """Kill a package's process unless it is in front, as `am kill` does."""
        app = self._apps.get(name)
        if app is not None and self._front != name:
            self.exits.request(app.process.pid)
            app.process.kill()
            await app.process.ended()

    async def press_key(self, code: int) -> None:
        """Press a hardware or soft key. BACK and ESCAPE close the keyboard first."""
        display = self._machine.display
        if code == keys.HOME:
            await self.go_home()
        elif code in {keys.POWER, keys.SLEEP, keys.WAKEUP}:
            await self._switch_display(code == keys.WAKEUP or (code == keys.POWER and not display.on))
        elif code in {keys.BACK, keys.ESCAPE} and await self._hide_keyboard():
            return
        else:
            await self.call_front("key", code=code)
            # What the key caused, such as the end of an activity, is done when the main thread answers again.
            await self.call_front("ping")

    async def _switch_display(self, on: bool) -> None:
        """An app in front is stopped while the display is off, and comes back with it: there is no lock screen."""
        if on != self._machine.display.on:
            self._machine.display.on = on
            await self.inform_front("foreground" if on else "background")

    async def rotate(self, rotation: int) -> None:
        """Turn the screen: 0 is portrait, 1 is landscape."""
        self._machine.display.rotation = rotation
        await self.inform_front("rotate", rotation=rotation)

    async def close(self) -> None:
        """Kill every process."""
        self._calls.close()
        for app in self.running:
            app.process.kill()
        for app in self.running:
            await app.process.ended()
        await self._starter.close()

    # -- starting

    async def _pretend_start(self, request: StartRequest) -> None:
        name = request.package.name
        if not self._machine.table.named(name):
            self._machine.table.pretend(name, request.package.user_name)
        if name == SETTINGS_HELPER:
            self.foreground_services.add(name)
            return
        await self._make_way_for(name)
        self._front, self._front_activity = name, request.target
        self._notify()

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
        self._to_front(app)
        await self._configure(app)
        return state

    async def _start_process(self, request: StartRequest) -> RunningApp:
        app = await self._starter.start(request, self)
        package = app.package
        self._apps[package.name] = app
        component = Focus(package.name, request.target).short
        self._info(
            f"Start proc {app.process.pid}:{package.name}/{package.user_name} for next-top-activity {{{component}}}"
        )
        self._to_front(app)
        return app

    # -- what processes report

    def on_event(self, process: AppProcess, event: Mapping[str, Any]) -> None:
        """Take in a log line, a change of the activity stack, or an intent for another app."""
        app = self._app_of(process)
        match event["event"]:
            case "log":
                self._log_event(process, event)
            case "stack" if app is not None:
                app.stack = list(event["activities"])
                app.finished = not app.stack
            case "finished" if app is not None:
                app.stack, app.finished = [], True
                self._tasks.forget(app.package.name)
                if self._front == app.package.name:
                    self._show_launcher()
            case "intent" if app is not None:
                details = {name: value for name, value in event.items() if name != "event"}
                self._machine.trace.record("intent", app.package.name, **details)
                self._info(
                    f"START u0 {{act={event.get('action')} dat={event.get('data')} cmp={event.get('component')}}}"
                    f" from uid {app.package.uid}",
                    "ActivityTaskManager",
                )
            case other:
                self._machine.trace.record("process", f"event {other}", pid=process.pid)
        if event["event"] != "log":
            self._notify()

    def on_error_line(self, process: AppProcess, line: str) -> None:
        """Show stderr as Android shows System.err."""
        self._machine.logs.add("W", "System.err", line, pid=process.pid)

    def on_exit(self, process: AppProcess, code: int) -> None:
        """Clean up after a process that died by itself or was killed."""
        self._machine.table.remove(process.pid)
        app = self._app_of(process)
        if app is None:
            return
        name = app.package.name
        in_front = self._front == name
        self.exits.record(name, process.pid, code, crashed=code == ENDED_BY_CRASH, in_front=in_front)
        del self._apps[name]
        self._machine.trace.record("process", f"died: {name}", pid=process.pid, code=code, killed=process.killed)
        self._info(f"Process {name} (pid {process.pid}) has died: {'fg  TOP' if in_front else 'cch+5 CRE'}")
        if code == ENDED_BY_CRASH:
            self._machine.logs.add(
                "W", "ActivityTaskManager", f"  Force finishing activity {Focus(name, app.activity).short}"
            )
        if in_front:
            self._tasks.forget(name)
            self._show_launcher()
        self._notify()

    def _log_event(self, process: AppProcess, event: Mapping[str, Any]) -> None:
        level, tag = str(event.get("level", "I")), str(event.get("tag", ""))
        crash = level == "E" and tag == "AndroidRuntime"
        self._machine.logs.add(
            level,
            tag,
            str(event.get("text", "")),
            pid=process.pid,
            tid=event.get("tid"),
            buffer="crash" if crash else "main",
        )

    # -- small helpers

    async def _hide_keyboard(self) -> bool:
        state = await self.call_front("keyboard")
        if not state or not state.get("shown"):
            return False
        await self.call_front("keyboard", hide=True)
        return True

    async def _configure_front(self) -> None:
        app = self._apps.get(self._front)
        if app is not None:
            await self._configure(app)

    async def _configure(self, app: RunningApp) -> None:
        """Tell an app in front its configuration, unless it has it; the others are told when they come to the front."""
        configuration = self._machine.configurations.of(app.package.name)
        if configuration != app.configuration:
            app.configuration = configuration
            await self._calls.inform(app, "configure", configuration=asdict(configuration))

    def _bound(self) -> list[RunningApp]:
        """The apps that can be told of a change; the others learn of it when they are bound."""
        return [app for app in self.running if app.bound.done() and app.process.alive]

    def _app_of(self, process: AppProcess) -> RunningApp | None:
        return next((app for app in self._apps.values() if app.process is process), None)

    def _to_front(self, app: RunningApp) -> None:
        self._front = app.package.name
        self._notify()

    def _notify(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    def _info(self, message: str, tag: str = "ActivityManager") -> None:
        self._machine.logs.add("I", tag, message, buffer="system")
