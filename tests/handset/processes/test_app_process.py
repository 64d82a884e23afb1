import asyncio
import os
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from handset.base.errors import CallFailed, NotResponding, ProcessDied
from handset.base.process_kind import ORDINARY, ProcessKind
from handset.base.trace import Trace
from handset.processes.app_process import AppProcess
from handset.processes.warm_process import Spare
from tests.handset.fake_daemon import FAKE_PROCESS

BIND: dict[str, Any] = {"activity": "com.example.app.Main", "extras": {}, "network": {"online": True}}


class Recorder:
    """Keeps what a process reports."""

    def __init__(self) -> None:
        self.events: list[str] = []
        self.codes: list[int] = []

    def on_event(self, process: AppProcess, event: Mapping[str, Any]) -> None:
        self.events.append(event["event"])

    def on_error_line(self, process: AppProcess, line: str) -> None:
        self.events.append(line)

    def on_exit(self, process: AppProcess, code: int) -> None:
        self.codes.append(code)


async def spawn(tmp_path: Path, observer: Recorder) -> AppProcess:
    import sys

    return await AppProcess.spawn(lambda _cache: [sys.executable, str(FAKE_PROCESS)], tmp_path, observer)


def test_calls_events_and_death(tmp_path: Path) -> None:
    async def scenario() -> None:
        observer = Recorder()
        process = await spawn(tmp_path, observer)
        assert (await process.call("bind", **BIND))["package"] == "com.example.app"
        assert observer.events == ["log", "stack"]
        process.kill()
        assert await process.ended() == -signal.SIGKILL
        assert observer.codes == [-signal.SIGKILL]
        with pytest.raises(ProcessDied):
            await process.call("tree")

    asyncio.run(scenario())
    assert list(tmp_path.iterdir()) == [], "the cache folder goes with the process"


def test_an_error_answer_keeps_its_kind(tmp_path: Path) -> None:
    async def scenario() -> None:
        process = await spawn(tmp_path, Recorder())
        with pytest.raises(CallFailed, match="no class") as raised:
            await process.call("bind", **{**BIND, "activity": "com.example.app.Absent"})
        assert raised.value.kind == "failed"
        process.kill()
        await process.ended()

    asyncio.run(scenario())


def test_a_process_that_stands_still_does_not_respond(tmp_path: Path) -> None:
    async def scenario() -> None:
        process = await spawn(tmp_path, Recorder())
        await process.call("ping")
        os.kill(process.pid, signal.SIGSTOP)
        with pytest.raises(NotResponding, match=r"did not answer tree within 0\.2 s"):
            await process.call("tree", within=0.2)
        os.kill(process.pid, signal.SIGCONT)
        assert await process.call("ping") == {}, "a late answer is not taken for the next one's"
        process.kill()
        await process.ended()

    asyncio.run(scenario())


def test_a_call_in_flight_fails_when_the_process_dies(tmp_path: Path) -> None:
    async def scenario() -> None:
        process = await spawn(tmp_path, Recorder())
        await process.call("ping")
        os.kill(process.pid, signal.SIGSTOP)
        call = asyncio.create_task(process.call("tree"))
        await asyncio.sleep(0)
        process.kill()
        with pytest.raises(ProcessDied):
            await call
        await process.ended()

    asyncio.run(scenario())


def test_a_spare_is_handed_over_warm_and_once(tmp_path: Path) -> None:
    async def scenario() -> None:
        async def start(observer: Any, kind: ProcessKind) -> AppProcess:
            assert kind is ORDINARY
            return await spawn(tmp_path / "cache", observer)

        with Trace(tmp_path / "trace.jsonl") as trace:
            spare = Spare(start, trace, makes_way=True)
            await spare.prepare()
            await spare.prepare()
            spare.hold_still()
            process = await spare.take()
            assert process is not None
            assert await process.call("ping") == {}
            assert await spare.take() is None
            process.kill()
            await process.ended()

    asyncio.run(scenario())
