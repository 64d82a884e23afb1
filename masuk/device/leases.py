"""Devices that runs, their workers and testers on this machine share: each is in one hand at a time."""

import hashlib
import os
import shlex
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from masuk.base.errors import DeviceError, UsageError
from masuk.base.locks import try_lock
from masuk.config.capabilities import Offer
from masuk.device.adb import DEFAULT_PORT

LONGEST_COMMAND = 100


class Use(Enum):
    """What somebody does with a device, by the locks that it takes: one for its state, one for its session.

    A device carries one session at a time. Who holds a fault in force has none, so that another command can look.
    """

    RUN = ("device", "session")
    FAULT = ("device",)
    LOOK = ("session",)


@dataclass(frozen=True)
class Lease:
    """A device that nobody else uses in the same way while its files are locked; the locks go with the process."""

    offer: Offer
    locks: ExitStack

    def release(self) -> None:
        """Give it back."""
        self.locks.close()


def take_one(offers: Sequence[Offer], folder: Path, use: Use = Use.RUN) -> Lease:
    """The first device that is free; `folder` keeps the locks. Raises DeviceError, naming the users, when none is."""
    folder.mkdir(parents=True, exist_ok=True)
    users = []
    for offer in offers:
        locks = _lock_all(_locks_of(offer.serial, offer.adb_port, folder, use))
        if isinstance(locks, ExitStack):
            return Lease(offer, locks)
        users.append(f"{offer.serial} is in use by {_user(locks)}")
    raise DeviceError(f"{'; '.join(users)}. Wait for its end, or name another device.")


def demand_one(offers: Sequence[Offer], folder: Path, use: Use) -> None:
    """Raise UsageError, naming the users, when none of the devices is free."""
    try:
        take_one(offers, folder, use).release()
    except DeviceError as error:
        raise UsageError(str(error)) from None


def is_taken(serial: str, folder: Path) -> bool:
    """Whether somebody on this machine uses a device of the usual adb server, in whatever way."""
    locks = _lock_all([path for path in _locks_of(serial, None, folder, Use.RUN) if path.exists()])
    if isinstance(locks, ExitStack):
        locks.close()
        return False
    return True


def _locks_of(serial: str | None, adb_port: int | None, folder: Path, use: Use) -> list[Path]:
    place = f"{'' if adb_port in {None, DEFAULT_PORT} else adb_port}/{serial}"
    name = hashlib.sha256(place.encode()).hexdigest()[:16]
    return [folder / f"{part}-{name}.lock" for part in use.value]


def _lock_all(paths: Sequence[Path]) -> ExitStack | Path:
    """The files, locked until they are closed and signed with our process, or the one that somebody else has."""
    with ExitStack() as locked:
        for path in paths:
            file = try_lock(path)
            if file is None:
                return path
            locked.enter_context(file)
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
        return locked.pop_all()


def _user(lock: Path) -> str:
    """Who has locked a file, with its command where the system tells it."""
    import psutil  # here, since a run whose device is free does not need it

    pid = lock.read_text(encoding="utf-8")
    if not pid.isdecimal():  # whoever has just locked it has not signed yet
        return "another process"
    try:
        command = _for_people(psutil.Process(int(pid)).cmdline())
    except psutil.Error:
        command = ""
    return f"process {pid}{f' ({command})' if command else ''}"


def _for_people(words: Sequence[str]) -> str:
    """The command line of a Python program as it was typed; empty where nobody has typed it, as a worker's."""
    program = words[2:] if words[1:2] == ["-m"] else words[1:]
    if not program or program[0].startswith("-"):
        return ""
    line = shlex.join([Path(program[0]).name, *program[1:]])
    return line if len(line) <= LONGEST_COMMAND else f"{line[:LONGEST_COMMAND]}…"
