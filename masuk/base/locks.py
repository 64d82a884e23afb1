"""Files that are locked while something is in use. The kernel frees them with the process, however that ends."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path


def try_lock(path: Path) -> TextIOWrapper | None:
    """The file, locked until it is closed, or None when somebody else has it. It is made in a folder that is there."""
    file = path.open("a+", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


@contextmanager
def locked_folder(folder: Path, say_waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of a folder during the block. `say_waiting` is called first when somebody else has it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say_waiting()
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
