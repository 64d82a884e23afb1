"""Names the bake that app processes start from, and its archive."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from handset.base.digest import sha256_of
from handset.base.errors import MissingPiece
from handset.base.home import Home
from handset.runtime.bake.layout import Bake
from handset.runtime.files import RuntimeFiles

POINTER = "baked.json"


@dataclass(frozen=True)
class BakeInUse:
    """The bake that app processes start from, and its archive."""

    bake: Bake
    archive: Path
    digest: str
    """The archive's SHA-256, as it was made."""

    @classmethod
    def of(cls, home: Home) -> "BakeInUse":
        """As the last build left it. Raises MissingPiece when it never ended, or when something has changed since."""
        pointer = RuntimeFiles(home).folder / POINTER
        try:
            names: dict[str, str] = json.loads(pointer.read_text())
            folder = pointer.parent / names["bake"]
            found = cls(Bake(folder), folder / names["archive"], names["digest"])
        except (OSError, ValueError, KeyError) as error:
            raise MissingPiece(f"The framework is not baked: {pointer} can't be read. Run: handset bake") from error
        if not found.archive.exists():
            raise MissingPiece(f"The baked framework is damaged: {found.archive} is missing. Run: handset bake")
        if names.get("runtime") != sha256_of(home.runtime_jar):
            raise MissingPiece("The baked framework is older than the handset's own classes. Run: handset bake")
        return found


def archive_is_damaged(home: Home, archive: Path) -> bool:
    """Whether an archive that is in use has other bytes than it was made with."""
    try:
        use = BakeInUse.of(home)
    except MissingPiece:
        return False
    return use.archive == archive and sha256_of(archive) != use.digest


def point_to(home: Home, bake: Bake, archive: Path) -> None:
    """Let app processes start from this bake, and remove the others."""
    folder = RuntimeFiles(home).folder
    names = {"bake": bake.folder.name, "archive": archive.name}
    names |= {"digest": sha256_of(archive), "runtime": sha256_of(home.runtime_jar)}
    fresh = folder / f"{POINTER}.new"
    fresh.write_text(json.dumps(names))
    fresh.replace(folder / POINTER)
    for other in folder.glob("bak*-*"):
        if other.is_dir() and other != bake.folder:
            shutil.rmtree(other, ignore_errors=True)
    for other in bake.folder.glob("*.aot"):
        if other != archive:
            other.unlink(missing_ok=True)
