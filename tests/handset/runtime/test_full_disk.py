"""A full partition as an app process meets it, whatever it writes with."""

import asyncio
import os
from pathlib import Path

import pytest

from handset.processes.app_process import Command
from tests.handset.runtime.probing import Probe, ProbeApp, probing

NO_SPACE = "java.io.IOException: write failed: ENOSPC (No space left on device); "
SQL_FULL = "android.database.sqlite.SQLiteFullException: database or disk is full (code 13 SQLITE_FULL); "
SIZE = 8 << 20


def fill(folder: Path, count: int = 2 * SIZE) -> Path:
    """A file that takes more than there is, and nothing of the host's disk."""
    filling = folder / "fill"
    filling.touch()
    os.truncate(filling, count)
    return filling


def partition(folder: Path) -> dict[str, object]:
    return {"folders": [str(folder)], "size": SIZE}


async def everything(probe: Probe, number: int) -> list[str]:
    questions = ("stream s{} 10000", "random r{} 10000", "channel c{} 10000", "preferences p{} v", "database d")
    return [await probe.ask(question.format(number)) for question in questions]


def test_nothing_can_be_written_to_a_full_partition(command: Command, probe_app: ProbeApp, tmp_path: Path) -> None:
    data = tmp_path / "data"

    async def look() -> None:
        async with probing(command, probe_app, tmp_path) as probe:
            written = ["written", "written", "written", "true"]
            assert await everything(probe, 1) == [*written, "rows 1"]
            filling = fill(data)
            await probe.process.call("disk", partition=partition(data))
            assert await everything(probe, 2) == [NO_SPACE, NO_SPACE, NO_SPACE, "false", SQL_FULL]
            assert await probe.ask("random s1 10000") == "written", "that takes no more than it has"
            filling.unlink()
            assert await everything(probe, 3) == [*written, "rows 2"]

    asyncio.run(look())


@pytest.mark.parametrize("warm", [True, False], ids=["spare", "cold"])
def test_a_process_can_start_on_a_full_partition(
    baked: Command, probe_app: ProbeApp, tmp_path: Path, warm: bool
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    fill(data)

    async def look() -> None:
        async with probing(baked, probe_app, tmp_path, warm=warm, partition=partition(data)) as probe:
            assert await everything(probe, 1) == [NO_SPACE, NO_SPACE, NO_SPACE, "false", SQL_FULL]

    asyncio.run(look())


def test_what_fits_in_part_is_written_in_part(baked: Command, probe_app: ProbeApp, tmp_path: Path) -> None:
    data = tmp_path / "data"

    async def look() -> None:
        async with probing(baked, probe_app, tmp_path, partition=partition(data)) as probe:
            assert await probe.ask("stream small 100000") == "written"
            assert await probe.ask(f"stream large {SIZE}") == NO_SPACE
            assert SIZE - 500_000 < (data / "files" / "large").stat().st_size < SIZE

    asyncio.run(look())
