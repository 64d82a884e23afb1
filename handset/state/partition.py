"""The device's partition of data: a size of its own, how much is left, and what does not fit.

Space is counted in whole blocks of the files' lengths, so a file that is one great hole takes what it pretends to hold,
and filling the device leaves the host's disk alone. App processes count in the same way; they are told when space is
short, and until then cost nothing.
"""

import errno
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from handset.base.listeners import Listener, Listeners

BLOCK = 4096
SIZE = 2 << 30
SHORT = 64 << 20
"""Bytes. With less left, app processes watch what they write."""
SMALL = 1 << 20


class Partition:
    """All files in `folders` of the host. `tell` passes on to the listeners that somebody has filled it up."""

    def __init__(self, folders: Sequence[Path], size: int = SIZE) -> None:
        self._folders = folders
        self._surely_free = 0
        self._filled = False
        self._listeners = Listeners()
        self.size = size

    def listen(self, listener: Listener) -> None:
        """Call and await `listener` when somebody has written and space is short."""
        self._listeners.add(listener)

    def holds(self, path: Path) -> bool:
        """Whether a path of the host is in it."""
        return any(path.is_relative_to(folder) for folder in self._folders)

    def used(self) -> int:
        """Bytes in use, counted anew."""
        return sum(_used(folder) for folder in self._folders)

    def free(self) -> int:
        """Bytes that are left, counted anew."""
        return max(0, self.size - self.used())

    @property
    def is_short(self) -> bool:
        """Whether little is left."""
        if self._surely_free < SHORT:
            self._surely_free = self.free()
        return self._surely_free < SHORT

    def facts(self) -> dict[str, Any]:
        """What an app process needs to count by itself."""
        return {"folders": [str(folder) for folder in self._folders], "size": self.size}

    def room(self, path: Path, at: int, count: int) -> int:
        """How many of `count` bytes may be written to a file at an offset."""
        if not self.holds(path):
            return count
        self._surely_free -= count
        if count <= SMALL and self._surely_free >= SHORT:
            return count
        free = self.free()
        own = blocks(path.stat().st_size) if path.exists() else 0
        fits = min(count, max(0, own + free - at))
        self._surely_free = free - max(0, blocks(at + fits) - own)
        self._filled = self._surely_free < SHORT
        return fits

    def take(self, path: Path, at: int, count: int) -> None:
        """Make sure that all of it may be written. Raises OSError with ENOSPC, in which the path is."""
        if self.room(path, at, count) < count:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    def append(self, path: Path, data: bytes) -> None:
        """Write to the end of a file what fits. Raises OSError with ENOSPC when that was not all."""
        with path.open("ab") as file:
            fits = self.room(path, file.tell(), len(data))
            file.write(data[:fits])
        if fits < len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    async def tell(self) -> None:
        """Call the listeners when somebody has written since the last time and space is short."""
        if self._filled:
            self._filled = False
            await self._listeners.tell()


def blocks(length: int) -> int:
    """The bytes of the blocks that a file of this length takes."""
    return -(-length // BLOCK) * BLOCK


def _used(folder: Path) -> int:
    total = BLOCK
    with os.scandir(folder) as entries:
        for entry in entries:
            try:
                if entry.is_dir(follow_symlinks=False):
                    total += _used(Path(entry.path))
                elif entry.is_file(follow_symlinks=False):
                    total += blocks(entry.stat(follow_symlinks=False).st_size)
            except FileNotFoundError:
                continue  # it was removed meanwhile
    return total
