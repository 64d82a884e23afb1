"""The bake folder: made once, healed when it is damaged, removed when it is old. A stand-in links no framework."""

import sys
import zipfile
from pathlib import Path

import pytest

from handset.base.errors import HandsetError, MissingPiece
from handset.base.home import Home
from handset.runtime import bake as module
from handset.runtime.bake import Bake, BakeInUse, archive_is_damaged, bake_framework, point_to

NATIVE_FOLDER = "native/linux/x86_64/"
STAND_IN = """
import pathlib, sys
print('progress\\t40')
pathlib.Path(sys.argv[1]).write_text('linked')
print('site\\t3\\tbootstrap shadow')
"""
FAILING = "print('no such class'); raise SystemExit(2)"


def jar(path: Path, entries: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as target:
        for name, content in entries.items():
            target.writestr(name, content)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    jars = tmp_path / "jars"
    android = {"resources.arsc": "table", "res/a.xml": "a", "android/A.class": "code"}
    native = {"icu/icudt75l.dat": "icu", "native/linux/x86_64/libandroid.so": "library"}
    jar(jars / "android" / "android-all-instrumented-15.jar", {**android, **native})
    jar(jars / "runtime" / "bcprov-1.jar", {"META-INF/BC.SF": "signature", "org/BC.class": "code"})
    jar(jars / "runtime" / "shadows-framework-4.jar", {"Shadow.class": "code"})
    libraries = ["linux-x86_64.so", "linux-aarch_64.so", "osx-x86_64.dylib"]
    tls = {f"META-INF/native/libtls-{library}": library for library in libraries}
    jar(jars / "runtime" / "conscrypt-openjdk-uber-2.jar", {**tls, "META-INF/MANIFEST.MF": "", "org/TLS.class": "code"})
    jar(tmp_path / "handset" / "native.jar", {"fonts/a.ttf": "font"})
    jar(tmp_path / "handset" / "runtime.jar", {"Main.class": "code"})
    stand_in(monkeypatch, STAND_IN)
    return Home(tmp_path)


def stand_in(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    def command(_home: Home, bake: Bake, _android: Path) -> list[str]:
        return [sys.executable, "-c", program, str(bake.jar)]

    monkeypatch.setattr(module, "_baker_command", command)


def baked(home: Home) -> tuple[Bake, list[str]]:
    """A bake and what was said while it was made."""
    said: list[str] = []
    return bake_framework(home, NATIVE_FOLDER, said.append), said


def test_a_bake_holds_each_thing_once(home: Home) -> None:
    bake, said = baked(home)
    assert "handset: baking, 40 %" in said
    assert "3 call sites decided" in said[-1]
    assert bake.jar.read_text() == "linked"
    with zipfile.ZipFile(bake.resources / "android-all-instrumented-15.jar") as resources:
        assert resources.namelist() == ["resources.arsc", "res/a.xml"]
    with zipfile.ZipFile(bake.provider_jar) as provider:
        assert provider.namelist() == ["org/BC.class"], "classes of a signed jar are not archived"
    with zipfile.ZipFile(bake.tls_jar) as tls:
        assert tls.namelist() == ["META-INF/MANIFEST.MF", "org/TLS.class"], "a process would unpack a library"
    unpacked = {str(path.relative_to(bake.native)) for path in bake.native.rglob("*") if path.is_file()}
    assert unpacked == {"fonts/a.ttf", "icu/icudt75l.dat", "libandroid.so", "libtls-linux-x86_64.so"}


def test_the_second_time_costs_nothing(home: Home) -> None:
    first, _ = baked(home)
    assert baked(home) == (first, [])


@pytest.mark.parametrize("damage", ["truncated", "half written", "a file is missing"])
def test_a_damaged_bake_is_made_again(home: Home, damage: str) -> None:
    bake, _ = baked(home)
    if damage == "truncated":
        bake.jar.write_text("li")
    elif damage == "half written":
        (bake.folder / "contents.json").unlink()
    else:
        (bake.native / "fonts" / "a.ttf").unlink()
    again, said = baked(home)
    assert again.is_intact()
    assert "damaged" in said[0]


def test_wrong_bytes_of_the_right_length_are_found_by_a_thorough_look(home: Home) -> None:
    bake, _ = baked(home)
    bake.jar.write_text("lonked")
    said: list[str] = []
    assert bake_framework(home, NATIVE_FOLDER, said.append) == bake
    assert said == []
    bake_framework(home, NATIVE_FOLDER, said.append, thorough=True)
    assert "damaged" in said[0]
    assert bake.jar.read_text() == "linked"


def test_an_archive_with_other_bytes_than_it_was_made_with_is_damaged(home: Home) -> None:
    bake, _ = baked(home)
    archive = bake.folder / "start-1.aot"
    archive.write_text("archive")
    assert not archive_is_damaged(home, archive), "one that nobody has pointed to is not known"
    point_to(home, bake, archive)
    assert not archive_is_damaged(home, archive)
    archive.write_text("orchive")
    assert archive_is_damaged(home, archive)


def test_other_jars_make_another_bake(home: Home) -> None:
    first, _ = baked(home)
    jar(home.jars / "runtime" / "shadows-framework-4.jar", {"Shadow.class": "other code"})
    second, _ = baked(home)
    assert second != first


def test_a_failure_tells_why_and_leaves_nothing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, FAILING)
    with pytest.raises(HandsetError, match="exit code 2:\nno such class"):
        baked(home)
    assert not list((home.root / "handset").glob("bak*"))


def test_the_old_bake_goes_when_the_new_one_is_in_use(home: Home) -> None:
    old, _ = baked(home)
    jar(home.jars / "runtime" / "shadows-framework-4.jar", {"Shadow.class": "other code"})
    new, _ = baked(home)
    interrupted = home.root / "handset" / "baking-left-over"
    interrupted.mkdir()
    archive = new.folder / "start-1.aot"
    archive.write_text("archive")
    point_to(home, new, archive)
    use = BakeInUse.of(home)
    assert (use.bake, use.archive) == (new, archive)
    assert not old.folder.exists()
    assert not interrupted.exists()


def test_without_a_bake_the_error_says_what_to_do(home: Home) -> None:
    with pytest.raises(MissingPiece, match="Run: handset bake"):
        BakeInUse.of(home)
    bake, _ = baked(home)
    archive = bake.folder / "start-1.aot"
    archive.write_text("archive")
    point_to(home, bake, archive)
    archive.unlink()
    with pytest.raises(MissingPiece, match=r"start-1\.aot is missing"):
        BakeInUse.of(home)


def test_a_build_that_was_interrupted_before_its_archive_is_noticed(home: Home) -> None:
    bake, _ = baked(home)
    archive = bake.folder / "start-1.aot"
    archive.write_text("archive")
    point_to(home, bake, archive)
    jar(home.runtime_jar, {"Main.class": "newer code"})
    with pytest.raises(MissingPiece, match="older than the handset's own classes"):
        BakeInUse.of(home)
