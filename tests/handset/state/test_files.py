from pathlib import Path

import pytest

from handset.state.files import DeviceFiles


@pytest.fixture
def files(tmp_path: Path) -> DeviceFiles:
    files = DeviceFiles(tmp_path)
    files.prepare()
    return files


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/data/user/0/pkg/x", "/data/data/pkg/x"),
        ("/storage/emulated/0/a", "/sdcard/a"),
        ("/../../etc/passwd", "/etc/passwd"),
        ("//sdcard//a/./b/..", "/sdcard/a"),
        ("/data/user/01", "/data/user/01"),
    ],
)
def test_every_path_has_one_spelling(files: DeviceFiles, path: str, expected: str) -> None:
    assert files.normal(path) == expected


def test_no_path_leaves_the_device(files: DeviceFiles) -> None:
    assert files.host("/../../../etc/passwd").is_relative_to(files.root)


def test_globs(files: DeviceFiles) -> None:
    files.write("/sdcard/a.txt", b"")
    files.write("/sdcard/b.txt", b"")
    assert files.glob("/sdcard/*.txt") == ["/sdcard/a.txt", "/sdcard/b.txt"]
    assert files.glob("*.txt", "/sdcard") == ["a.txt", "b.txt"]


def test_remove_tells_whether_there_was_something(files: DeviceFiles) -> None:
    files.write("/sdcard/d/a.txt", b"")
    assert files.remove("/sdcard/d")
    assert not files.remove("/sdcard/d")


def test_what_apps_and_people_have_stored_is_forgotten_and_what_is_installed_stays(tmp_path: Path) -> None:
    files = DeviceFiles(tmp_path)
    files.prepare()
    stored = ["/data/data/a.b/shared_prefs/s.xml", "/data/local/tmp/dump", "/sdcard/Download/card.pdf", "/sdcard/x/y"]
    for path in [*stored, "/data/app/a.b/base.apk"]:
        files.write(path, b"0012345678901234")
    files.forget()
    assert not [path for path in stored if files.host(path).exists()]
    assert files.host("/data/app/a.b/base.apk").exists()
