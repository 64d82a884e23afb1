"""Where a command will write, looked at before it begins: nothing is lost at the end of a long run."""

import os
import shutil
from pathlib import Path

from masuk.base.errors import UsageError

NEEDED_BYTES = 200 << 20
"""What a run of everything may leave: results with pictures, report, logs and the data of two devices."""


def demand_file(path: Path, option: str) -> None:
    """Raise UsageError when no file can be written there; `option` is what has named it."""
    if path.is_dir():
        raise UsageError(f"{path}: is a folder. Name a file in it with {option}.")
    if not path.parent.is_dir():
        raise UsageError(f"{path}: there is no folder {path.parent}. Make it, or name another place with {option}.")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise UsageError(f"{path}: can't be written to. Change its permissions, or name another place with {option}.")


def demand_folder(path: Path, cure: str) -> None:
    """Raise UsageError when `path` can't be made a folder, or be written to; `cure` says what to do about it."""
    nearest = path
    while not nearest.exists() and nearest.parent != nearest:
        nearest = nearest.parent
    if not nearest.is_dir():
        what = "is a file" if nearest == path else f"{nearest} is a file"
        raise UsageError(f"{path}: {what}, where a folder is needed. {cure}.")
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{path}: can't be made: {error.strerror}. {cure}.") from error
    if not os.access(path, os.W_OK):
        raise UsageError(f"{path}: can't be written to. {cure}.")


def write_whole(path: Path, text: str) -> None:
    """Write a file so that the one which was there stays as it is until this one is complete.

    A device such as /dev/stdout, and a file in a folder that takes no other, are written to in place.
    """
    path = path.resolve()
    if (path.exists() and not path.is_file()) or not os.access(path.parent, os.W_OK):
        path.write_text(text, encoding="utf-8")
        return
    fresh = path.with_name(f"{path.name}.partial")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def demand_space(folder: Path, needed: int = NEEDED_BYTES) -> None:
    """Raise UsageError when the disk of a folder is nearly full."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise UsageError(
            f"{folder}: only {free >> 20} MB are free there, and {needed >> 20} MB may be needed."
            " Make room, or set MASUK_RESULTS to a folder on another disk."
        )
