"""Calls to the processes of running apps, and what the device does when one does not answer."""

import asyncio
from typing import Any

from handset.base.errors import AppProcessError, NotResponding, ProcessDied
from handset.base.logs import LogBuffer
from handset.processes.app_process import JsonObject
from handset.processes.app_records import Focus, RunningApp

PATIENCE = 5.0
"""Seconds that the device waits for an app to take in a notice: Android's limit for input events."""


class AppCalls:
    """Asks apps and informs them. Both leave a trace in the device's log when an app does not respond."""

    def __init__(self, logs: LogBuffer) -> None:
        self._logs = logs
        self._notices: set[asyncio.Task[JsonObject | None]] = set()

    async def ask(self, app: RunningApp, name: str, **arguments: Any) -> JsonObject:
        """Return the app's answer. Raises AppProcessError; an ANR goes to the log too."""
        try:
            return await app.process.call(name, **arguments)
        except NotResponding as error:
            focus = Focus(app.package.name, app.activity)
            words = f"ANR in {focus.package} ({focus.short})\nPID: {app.process.pid}\nReason: {error}"
            self._logs.add("E", "ActivityManager", words)
            raise

    async def inform(self, app: RunningApp, name: str, **arguments: Any) -> JsonObject | None:
        """Give the app a notice that it can't refuse, and wait at most `PATIENCE` seconds for its answer.

        Never raises: a hung app must not keep the device from changing. It takes in the notice if it ever goes on.
        The device does not wait again for a process that has let one notice time out, until it answers something.
        Returns None without an answer.
        """
        notice = asyncio.create_task(self._deliver(app, name, arguments))
        self._notices.add(notice)
        notice.add_done_callback(self._notices.discard)
        await asyncio.wait([notice], timeout=0 if app.process.silent else PATIENCE)
        if notice.done():
            return None if notice.cancelled() else notice.result()
        app.process.silent = True
        self._warn(app, name, f"it has not answered within {PATIENCE:g} s; the device goes on without it")
        return None

    def close(self) -> None:
        """Give up on the notices that no app has answered."""
        for notice in list(self._notices):
            notice.cancel()

    async def _deliver(self, app: RunningApp, name: str, arguments: dict[str, Any]) -> JsonObject | None:
        await asyncio.wait([app.bound])
        try:
            async with app.notices:
                return await self.ask(app, name, **arguments)
        except AppProcessError as error:
            self._warn(app, name, str(error))
            if isinstance(error, ProcessDied):
                await app.process.ended()
            return None

    def _warn(self, app: RunningApp, name: str, reason: str) -> None:
        self._logs.add("W", "ActivityManager", f"{app.package.name} did not take in the notice {name}: {reason}")
