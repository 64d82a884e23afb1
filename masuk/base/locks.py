"""Files that are locked while something is in use. The kernel frees them with the process, however that ends."""

import fcntl
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
