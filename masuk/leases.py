"""Devices that several workers, or several runs on this machine, choose from: each is in one hand at a time."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

from masuk.capabilities import Offer
from masuk.errors import DeviceError
from masuk.locks import try_lock


@dataclass(frozen=True)
class Lease:
    """A device that nobody else uses while its file is locked; the lock goes with the process."""

    offer: Offer
    file: TextIOWrapper

    def release(self) -> None:
        """Give it back."""
        self.file.close()


def take_one(offers: Sequence[Offer], folder: Path) -> Lease:
    """The first device that is free; `folder` keeps the locks. Raises DeviceError when none is."""
    folder.mkdir(parents=True, exist_ok=True)
    for offer in offers:
        file = try_lock(_lock_of(offer.serial, offer.adb_port, folder))
        if file is not None:
            return Lease(offer, file)
    serials = ", ".join(str(offer.serial) for offer in offers)
    raise DeviceError(f"Other runs on this machine use all of {serials}. Wait for their end, or name another device.")


def is_taken(serial: str, folder: Path) -> bool:
    """Whether a run of this machine uses a device of the usual adb server."""
    path = _lock_of(serial, None, folder)
    if not path.exists():
        return False
    file = try_lock(path)
    if file is not None:
        file.close()
    return file is None


def _lock_of(serial: str | None, adb_port: int | None, folder: Path) -> Path:
    place = f"{adb_port or ''}/{serial}"
    return folder / f"device-{hashlib.sha256(place.encode()).hexdigest()[:16]}.lock"
