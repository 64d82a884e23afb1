"""The `sync:` service: push, pull, stat and list, in the first and second versions of the protocol."""

import os
import re
import stat
import struct
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from handset.adb.streams import Stream
from handset.base.errors import HandsetError
from handset.state.files import DeviceFiles

CHUNK = 64 << 10
NO_ENTRY = 2
LONGEST_PATH = 1024
WORD = 0xFFFFFFFF
MODE = re.compile("[0-9]{1,9}")
STAT_V2 = struct.Struct("<IQQIIIIQqqq")


class Entry(NamedTuple):
    """What stat tells about a path: st_mode, bytes, seconds since the epoch."""

    mode: int
    size: int
    mtime: int


class SyncError(HandsetError):
    """Reported to adb as FAIL; adb prints it after `remote`."""


class SyncService:
    """Serves one `sync:` stream over the device's files. `note` receives each request for the trace."""

    def __init__(self, stream: Stream, files: DeviceFiles, note: Callable[[str], None]) -> None:
        self._stream = stream
        self._files = files
        self._note = note

    async def serve(self) -> None:
        """Answer requests until QUIT or the end of the stream."""
        while True:
            try:
                name, length = struct.unpack("<4sI", await self._stream.read_exactly(8))
            except EOFError:
                return
            if name == b"QUIT":
                return
            if length > LONGEST_PATH:
                await self._fail("path too long")
                return
            argument = (await self._stream.read_exactly(length)).decode("utf-8", "surrogateescape")
            self._note(f"{name.decode('ascii', 'replace')} {argument}")
            try:
                await self._answer(name, argument)
            except (SyncError, OSError) as error:
                await self._fail((error.strerror if isinstance(error, OSError) else None) or str(error))

    async def _fail(self, message: str) -> None:
        encoded = message.encode("utf-8", "surrogateescape")
        await self._stream.write(b"FAIL" + struct.pack("<I", len(encoded)) + encoded)

    async def _answer(self, name: bytes, argument: str) -> None:
        match name:
            case b"STAT":
                await self._stream.write(b"STAT" + struct.pack("<3I", *_short(self._entry(argument))))
            case b"STA2" | b"LST2":
                await self._stream.write(name + _stat_v2(self._entry(argument)))
            case b"LIST" | b"LIS2":
                await self._list(argument, second=name == b"LIS2")
            case b"SEND":
                path, _, mode = argument.rpartition(",")
                if not MODE.fullmatch(mode):
                    raise SyncError(f"bad mode '{mode}'")
                await self._receive_file(path, int(mode))
            case b"SND2":
                _, mode, flags = struct.unpack("<4sII", await self._stream.read_exactly(12))
                if flags:
                    raise SyncError("compressed transfers are not supported: use adb push without -z")
                await self._receive_file(argument, mode)
            case b"RECV":
                await self._send_file(argument)
            case b"RCV2":
                await self._stream.read_exactly(8)
                await self._send_file(argument)
            case _:
                raise SyncError(f"unknown sync request {name!r}")

    def _entry(self, path: str) -> Entry | None:
        try:
            facts = self._files.host(path).stat()
        except OSError:
            return None
        return Entry(facts.st_mode, facts.st_size, int(facts.st_mtime))

    async def _list(self, path: str, *, second: bool) -> None:
        folder = self._files.host(path)
        names = sorted(child.name for child in folder.iterdir()) if folder.is_dir() else []
        for name in names:
            entry = self._entry(f"{path}/{name}")
            if entry is None:
                continue
            encoded = os.fsencode(name)
            if second:
                head = b"DNT2" + _stat_v2(entry) + struct.pack("<I", len(encoded))
            else:
                head = b"DENT" + struct.pack("<4I", *_short(entry), len(encoded))
            await self._stream.write(head + encoded)
        await self._stream.write(b"DONE" + bytes(STAT_V2.size + 4 if second else 16))

    async def _receive_file(self, path: str, mode: int) -> None:
        """Write a file beside its target and rename it when it is complete."""
        fits = True
        target = self._target(path)
        partial = target.with_name(target.name + ".partial")
        try:
            with partial.open("wb") as file:
                while True:
                    name, length = struct.unpack("<4sI", await self._stream.read_exactly(8))
                    if name == b"DONE":
                        break
                    if name != b"DATA":
                        raise SyncError(f"expected DATA or DONE, got {name!r}")
                    data = await self._stream.read_exactly(length)
                    fits = fits and self._files.partition.room(partial, file.tell(), length) == length
                    if fits:  # else the rest is read all the same: adb sends it before it looks for an answer
                        file.write(data)
            if not fits:
                raise SyncError("write failed: No space left on device")
            partial.chmod(stat.S_IMODE(mode) or 0o644)
            os.utime(partial, (length, length))
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
        await self._files.partition.tell()
        await self._stream.write(b"OKAY" + struct.pack("<I", 0))

    def _target(self, path: str) -> Path:
        target = self._files.host(path)
        if target.is_dir():
            raise SyncError(f"couldn't create file: Is a directory: {path}")
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    async def _send_file(self, path: str) -> None:
        source = self._files.host(path)
        if source.is_dir():
            raise SyncError(f"read failed: Is a directory: {path}")
        with source.open("rb") as file:
            while chunk := file.read(CHUNK):
                await self._stream.write(b"DATA" + struct.pack("<I", len(chunk)) + chunk)
        await self._stream.write(b"DONE" + struct.pack("<I", 0))


def _short(entry: Entry | None) -> tuple[int, int, int]:
    """As the first version of the protocol has it: 32 bits for each number, zeros for what is not there."""
    return (entry.mode & WORD, entry.size & WORD, entry.mtime & WORD) if entry else (0, 0, 0)


def _stat_v2(entry: Entry | None) -> bytes:
    if entry is None:
        return STAT_V2.pack(NO_ENTRY, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    return STAT_V2.pack(0, 1, 1, entry.mode, 1, 0, 0, entry.size, entry.mtime, entry.mtime, entry.mtime)
