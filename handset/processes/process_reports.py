"""Takes in what the processes of apps report: log lines, changes of the activity stack, intents, their end."""

from collections.abc import Mapping
from typing import Any

from handset.processes.app_process import AppProcess
from handset.processes.app_records import Focus
from handset.processes.exits import ExitHistory
from handset.processes.running_apps import RunningApps
from handset.processes.system_services import Machine
from handset.processes.tasks import SavedTasks

ENDED_BY_CRASH = 10


class ProcessReports:
    """The observer of app processes: keeps running apps, tasks and logs in step with them."""

    def __init__(self, machine: Machine, apps: RunningApps, tasks: SavedTasks, exits: ExitHistory) -> None:
        self._machine = machine
        self._apps = apps
        self._tasks = tasks
        self._exits = exits

    def on_event(self, process: AppProcess, event: Mapping[str, Any]) -> None:
        """Take in a log line, a change of the activity stack, or an intent for another app."""
        app = self._apps.of(process)
        match event["event"]:
            case "log":
                self._log_event(process, event)
            case "stack" if app is not None:
                app.stack = list(event["activities"])
                app.finished = not app.stack
            case "finished" if app is not None:
                app.stack, app.finished = [], True
                self._tasks.forget(app.package.name)
                if self._apps.is_in_front(app.package.name):
                    self._apps.show_launcher()
            case "intent" if app is not None:
                details = {name: value for name, value in event.items() if name != "event"}
                self._machine.trace.record("intent", app.package.name, **details)
                self._machine.logs.add(
                    "I",
                    "ActivityTaskManager",
                    f"START u0 {{act={event.get('action')} dat={event.get('data')} cmp={event.get('component')}}}"
                    f" from uid {app.package.uid}",
                    buffer="system",
                )
            case other:
                self._machine.trace.record("process", f"event {other}", pid=process.pid)
        if event["event"] != "log":
            self._apps.notify()

    def on_error_line(self, process: AppProcess, line: str) -> None:
        """Show stderr as Android shows System.err."""
        self._machine.logs.add("W", "System.err", line, pid=process.pid)

    def on_exit(self, process: AppProcess, code: int) -> None:
        """Clean up after a process that died by itself or was killed."""
        self._machine.table.remove(process.pid)
        app = self._apps.of(process)
        if app is None:
            return
        name = app.package.name
        in_front = self._apps.is_in_front(name)
        self._exits.record(name, process.pid, code, crashed=code == ENDED_BY_CRASH, in_front=in_front)
        self._apps.remove(name)
        self._machine.trace.record("process", f"died: {name}", pid=process.pid, code=code, killed=process.killed)
        importance = "fg  TOP" if in_front else "cch+5 CRE"
        self._machine.logs.add(
            "I", "ActivityManager", f"Process {name} (pid {process.pid}) has died: {importance}", buffer="system"
        )
        if code == ENDED_BY_CRASH:
            self._machine.logs.add(
                "W", "ActivityTaskManager", f"  Force finishing activity {Focus(name, app.activity).short}"
            )
        if in_front:
            self._tasks.forget(name)
            self._apps.show_launcher()
        self._apps.notify()

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
