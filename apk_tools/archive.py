"""Writes the zip file that an APK is, byte for byte the same from the same content."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

# The system maps this file into memory: targets of API 30 and later refuse it compressed or unaligned.
STORED = {"resources.arsc"}
ALIGNMENT = 4

_LOCAL_HEADER_SIZE = 30
_LONGEST_PADDING_HEADER = 4
_OLDEST_DATE = (1981, 1, 1, 1, 1, 2)
_PADDING_FIELD_ID = 0xD935


def write_apk(path: Path, entries: Mapping[str, bytes]) -> None:
    """Write `entries` (content by name) sorted by name, with fixed dates; stored entries are aligned to 4 bytes."""
    with zipfile.ZipFile(path, "w") as archive:
        for name in sorted(entries):
            info = zipfile.ZipInfo(name, _OLDEST_DATE)
            info.create_system = 3
            info.external_attr = 0o644 << 16
            if name in STORED:
                info.compress_type = zipfile.ZIP_STORED
                info.extra = _padding(archive, name)
            else:
                info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, entries[name], compresslevel=9)


def read_entries(path: Path) -> dict[str, bytes]:
    """The content of a zip file by name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _padding(archive: zipfile.ZipFile, name: str) -> bytes:
    """An extra field after which the content begins at an aligned offset."""
    begin = archive.start_dir + _LOCAL_HEADER_SIZE + len(name.encode()) + _LONGEST_PADDING_HEADER
    size = -begin % ALIGNMENT
    return _PADDING_FIELD_ID.to_bytes(2, "little") + size.to_bytes(2, "little") + bytes(size)
