"""A warm JVM in waiting, so that an app starts in a fraction of a second.

Its boot costs seconds of processor time. Where there is only one core, the boot stands still while a test talks to the
device, and goes on after a second of silence. With a second core that would only make the next start wait: 18 scenarios
took 75 s with it and 64 s without, on two cores.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from handset.base.errors import AppProcessError
from handset.base.process_kind import ORDINARY, ProcessKind
from handset.base.trace import Trace
from handset.processes.app_process import AppProcess, ProcessObserver

SILENCE = 1.0

Spawn = Callable[[ProcessObserver, ProcessKind], Awaitable[AppProcess]]


class Spare:
    """Keeps at most one unbound process. `spawn` starts a JVM; `makes_way` says whether it stands still for tests."""

    def __init__(self, spawn: Spawn, trace: Trace, *, enabled: bool = True, makes_way: bool | None = None) -> None:
        self._makes_way = (os.cpu_count() or 1) < 2 if makes_way is None else makes_way
        self._spawn = spawn
        self._trace = trace
        self._enabled = enabled
        self._process: AppProcess | None = None
        self._warming: asyncio.Task[None] | None = None
        self._resume: asyncio.TimerHandle | None = None
        self._paused = False

    async def prepare(self) -> None:
        """Start a spare unless one is there."""
        if not self._enabled or self._process is not None:
            return
        self._process = process = await self._spawn(self, ORDINARY)
        self._trace.record("process", "spare starts", pid=process.pid)
        self._warming = asyncio.create_task(self._warm(process))

    async def take(self) -> AppProcess | None:
        """Hand over the spare, waiting until it is warm; None when there is none or it died."""
        process, warming = self._process, self._warming
        self._process = self._warming = None
        if process is None or warming is None:
            return None
        self._continue(process)
        await warming
        return process if process.alive else None

    def hold_still(self) -> None:
        """Pause a spare that is still booting, if it makes way; it goes on after a second without another call."""
        if not self._makes_way or self._process is None or self._warming is None or self._warming.done():
            return
        if not self._paused:
            self._paused = True
            self._process.pause()
        if self._resume is not None:
            self._resume.cancel()
        self._resume = asyncio.get_running_loop().call_later(SILENCE, self._continue, self._process)

    async def close(self) -> None:
        """End the spare."""
        process, self._process = self._process, None
        if self._resume is not None:
            self._resume.cancel()
        if process is not None:
            process.kill()
            await process.ended()

    async def _warm(self, process: AppProcess) -> None:
        try:
            await process.call("warm", within=None)
            self._trace.record("process", "spare is warm", pid=process.pid)
        except AppProcessError as error:
            self._trace.record("process", "spare did not get warm", pid=process.pid, error=str(error))
            process.kill()

    def _continue(self, process: AppProcess) -> None:
        if self._resume is not None:
            self._resume.cancel()
            self._resume = None
        if self._paused:
            self._paused = False
            process.resume()

    def on_event(self, process: AppProcess, event: Mapping[str, Any]) -> None:
        """Nothing a spare says belongs in the device's log."""
        self._trace.record("spare", str(event.get("event")), pid=process.pid, text=event.get("text"))

    def on_error_line(self, process: AppProcess, line: str) -> None:
        """Keep its complaints in the trace."""
        self._trace.record("spare", "stderr", pid=process.pid, text=line)

    def on_exit(self, process: AppProcess, code: int) -> None:
        """Forget a spare that died."""
        self._trace.record("process", "spare ended", pid=process.pid, code=code)
        if self._process is process:
            self._process = self._warming = None
