"""One JVM per app process: its start, the control channel over its pipes, its death.

The channel is JSON lines: requests `{"id", "call", …}` on stdin; on stdout responses `{"id", "result"}` or
`{"id", "error": {"kind", "message"}}`, in any order, and events `{"event": NAME, …}`. stderr is plain text.
"""

import asyncio
import itertools
import json
import shutil
import signal
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from handset.base.errors import CallFailed, NotResponding, ProcessDied
from host_platform import end_with_parent

CALL_TIMEOUT = 15.0
LINE_LIMIT = 64 << 20
PUMP_GRACE = 2.0

JsonObject = dict[str, Any]
Command = Callable[[Path], Sequence[str]]


class ProcessObserver(Protocol):
    """Who hears what a process says on its own."""

    def on_event(self, process: "AppProcess", event: Mapping[str, Any]) -> None:
        """Handle an event line; `event["event"]` names it."""

    def on_error_line(self, process: "AppProcess", line: str) -> None:
        """Handle a line of stderr."""

    def on_exit(self, process: "AppProcess", code: int) -> None:
        """Handle the end; `code` is negative for a signal."""


class AppProcess:
    """A running JVM. Make one with `spawn`."""

    def __init__(self, process: asyncio.subprocess.Process, cache: Path, observer: ProcessObserver) -> None:
        self.observer = observer
        self.killed = False
        self.silent = False
        """Whether the process has let a call time out and answered nothing since."""
        self._process = process
        self._cache = cache
        self._numbers = itertools.count(1)
        self._pending: dict[int, asyncio.Future[JsonObject]] = {}
        self._pumps = [asyncio.create_task(self._read_stdout()), asyncio.create_task(self._read_stderr())]
        self._end = asyncio.create_task(self._wait())

    @classmethod
    async def spawn(cls, command: Command, cache_root: Path, observer: ProcessObserver) -> "AppProcess":
        """Start a JVM with a cache folder of its own below `cache_root`, removed after its death."""
        cache = _fresh_folder(cache_root)
        process = await asyncio.create_subprocess_exec(
            *command(cache),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=LINE_LIMIT,
            start_new_session=True,
            # Even when it stands still, or has not opened stdin yet, whose end it follows everywhere.
            preexec_fn=end_with_parent(signal.SIGKILL),
        )
        return cls(process, cache, observer)

    @property
    def pid(self) -> int:
        """The JVM's process id on the host, which is also its pid on the device."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return not self.killed and self._process.returncode is None

    async def call(self, name: str, *, within: float | None = CALL_TIMEOUT, **arguments: object) -> JsonObject:
        """Ask the process. Raises CallFailed, NotResponding after `within` seconds, or ProcessDied."""
        if not self.alive:
            raise ProcessDied(f"The app process {self.pid} has died; {name} was not sent. Start the app again.")
        number = next(self._numbers)
        answer: asyncio.Future[JsonObject] = asyncio.get_running_loop().create_future()
        self._pending[number] = answer
        try:
            async with asyncio.timeout(within):
                await self._send({"id": number, "call": name, **arguments})
                return await answer
        except TimeoutError as error:
            self.silent = True
            raise NotResponding(
                f"The app does not respond: process {self.pid} did not answer {name} within {within:g} s."
                " Its main thread is blocked or it is stopped; see logcat."
            ) from error
        finally:
            self._pending.pop(number, None)

    def kill(self) -> None:
        """End the process at once, as force-stop does (SIGKILL). Wait for `ended` to know it is gone."""
        if self._process.returncode is None:
            self.killed = True
            with suppress(ProcessLookupError):
                self._process.kill()

    def pause(self) -> None:
        """Let the process stand still (SIGSTOP)."""
        if self.alive:
            self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it run again (SIGCONT)."""
        if self.alive:
            self._process.send_signal(signal.SIGCONT)

    async def ended(self) -> int:
        """Wait for the end, after the observer heard of it; the exit code, negative for a signal."""
        return await asyncio.shield(self._end)

    async def _send(self, request: JsonObject) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            await self._process.stdin.drain()
        except ConnectionError as error:
            raise ProcessDied(f"The app process {self.pid} died before it could be asked: {request['call']}") from error

    async def _read_stdout(self) -> None:
        assert self._process.stdout is not None
        while line := await self._process.stdout.readline():
            try:
                message = json.loads(line)
            except ValueError:
                message = None
            if not isinstance(message, dict):
                self.observer.on_error_line(self, line.decode("utf-8", "replace").rstrip("\n"))
            elif "event" in message:
                self.observer.on_event(self, message)
            else:
                self._settle(message)

    def _settle(self, message: JsonObject) -> None:
        self.silent = False
        answer = self._pending.get(message.get("id", 0))
        if answer is None or answer.done():
            return
        error = message.get("error")
        if error is None:
            answer.set_result(message.get("result") or {})
        else:
            answer.set_exception(CallFailed(error.get("kind", "failed"), error.get("message", "no reason given")))

    async def _read_stderr(self) -> None:
        assert self._process.stderr is not None
        while line := await self._process.stderr.readline():
            self.observer.on_error_line(self, line.decode("utf-8", "replace").rstrip("\n"))

    async def _wait(self) -> int:
        code = await self._process.wait()
        await asyncio.wait(self._pumps, timeout=PUMP_GRACE)
        for pump in self._pumps:
            pump.cancel()
        for number, answer in list(self._pending.items()):
            if not answer.done():
                answer.set_exception(ProcessDied(f"The app process {self.pid} died during call {number} (code {code})"))
        await asyncio.to_thread(shutil.rmtree, self._cache, ignore_errors=True)
        self.observer.on_exit(self, code)
        return code


def _fresh_folder(root: Path) -> Path:
    root.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix="process-", dir=root))
