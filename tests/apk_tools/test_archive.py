"""The zip that an APK is."""

import zipfile
from pathlib import Path

from apk_tools.archive import read_entries, write_apk

ENTRIES = {"resources.arsc": b"table" * 100, "classes.dex": b"code" * 100, "AndroidManifest.xml": b"manifest"}


def test_the_order_of_entries_does_not_matter(tmp_path: Path) -> None:
    first, second = tmp_path / "first.apk", tmp_path / "second.apk"
    write_apk(first, ENTRIES)
    write_apk(second, dict(reversed(ENTRIES.items())))
    assert first.read_bytes() == second.read_bytes()


def test_what_was_written_is_read(tmp_path: Path) -> None:
    write_apk(tmp_path / "app.apk", ENTRIES)
    assert read_entries(tmp_path / "app.apk") == ENTRIES


def test_only_resources_are_stored(tmp_path: Path) -> None:
    write_apk(tmp_path / "app.apk", ENTRIES)
    with zipfile.ZipFile(tmp_path / "app.apk") as archive:
        stored = {info.filename for info in archive.infolist() if info.compress_type == zipfile.ZIP_STORED}
    assert stored == {"resources.arsc"}
