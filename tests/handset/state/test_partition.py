import asyncio
import errno
import os
from pathlib import Path

import pytest

from handset.state.partition import BLOCK, SHORT, Partition

SIZE = SHORT + 100 * BLOCK


@pytest.fixture
def partition(tmp_path: Path) -> Partition:
    (tmp_path / "data").mkdir()
    return Partition([tmp_path / "data"], SIZE)


def hole(path: Path, length: int) -> Path:
    path.touch()
    os.truncate(path, length)
    return path


def test_files_take_whole_blocks_of_their_length(partition: Partition, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(bytes(BLOCK))
    before = partition.used()
    (tmp_path / "data" / "small").write_bytes(b"x")
    hole(tmp_path / "data" / "hole", 10 * BLOCK)
    assert partition.used() - before == 11 * BLOCK
    assert partition.free() == SIZE - partition.used()


def test_what_fits_in_part_is_written_in_part(partition: Partition, tmp_path: Path) -> None:
    hole(tmp_path / "data" / "hole", partition.free() - BLOCK)
    note = tmp_path / "data" / "note"
    with pytest.raises(OSError, match="No space left on device") as failure:
        partition.append(note, b"a" * (BLOCK + 1))
    assert (failure.value.errno, note.stat().st_size) == (errno.ENOSPC, BLOCK)
    assert partition.room(note, 0, BLOCK) == BLOCK, "that takes no more than it has"
    assert partition.room(note, BLOCK, 1) == 0
    assert partition.room(tmp_path / "elsewhere", 0, 10 * SIZE) == 10 * SIZE


def test_space_comes_back_with_a_removed_file(partition: Partition, tmp_path: Path) -> None:
    fill = hole(tmp_path / "data" / "fill", 2 * SIZE)
    assert (partition.free(), partition.is_short) == (0, True)
    fill.unlink()
    assert not partition.is_short
    partition.take(fill, 0, SIZE // 2)


def test_listeners_are_told_when_somebody_has_left_little(partition: Partition, tmp_path: Path) -> None:
    told: list[int] = []

    async def listen() -> None:
        told.append(partition.free())

    async def fill() -> None:
        partition.listen(listen)
        partition.room(tmp_path / "data" / "a", 0, BLOCK)
        await partition.tell()
        assert told == [], "there is enough"
        hole(tmp_path / "data" / "fill", partition.room(tmp_path / "data" / "fill", 0, SIZE))
        await partition.tell()
        await partition.tell()
        assert told == [0]

    asyncio.run(fill())
