"""The apps' APKs, as a device would see them."""

import zipfile
from pathlib import Path

import pytest

from apk_tools.apk import SIGNING_SOURCES
from apk_tools.build import build_apps, build_if_changed, current, main, older, reading_room
from apk_tools.java_tools import JavaTools
from apk_tools.keys import load_or_create_signing_key
from tests.apk_tools.conftest import APPS, JARS, Build


@pytest.fixture(scope="module")
def badging(build: Build, toolchain: JavaTools) -> dict[Path, str]:
    apks = (build.older, build.current, build.reading_room)
    return {apk: toolchain.run_aapt2(["dump", "badging", str(apk)], step="reading the APK") for apk in apks}


def test_the_two_versions_are_one_app(build: Build, badging: dict[Path, str]) -> None:
    assert "package: name='id.masuk.anggota' versionCode='10' versionName='1.0.0'" in badging[build.older]
    assert "package: name='id.masuk.anggota' versionCode='20' versionName='2.0.0'" in badging[build.current]


def test_a_device_knows_how_to_start_it(build: Build, badging: dict[Path, str]) -> None:
    lines = badging[build.current].splitlines()
    assert "minSdkVersion:'26'" in lines
    assert "targetSdkVersion:'34'" in lines
    assert "application-label:'Anggota'" in lines
    assert "application-debuggable" in lines
    assert any(line.startswith("launchable-activity: name='id.masuk.anggota.LoginActivity'") for line in lines)


def test_the_other_app_is_an_app_of_its_own(build: Build, badging: dict[Path, str]) -> None:
    facts = badging[build.reading_room]
    assert "package: name='org.example.readingroom' versionCode='3' versionName='3.1.0'" in facts
    assert "launchable-activity: name='org.example.readingroom.SignInScreen'" in facts
    assert "application-debuggable" in facts


def test_it_asks_for_the_network_only(build: Build, badging: dict[Path, str]) -> None:
    asked = {line for line in badging[build.current].splitlines() if line.startswith("uses-permission:")}
    assert asked == {
        "uses-permission: name='android.permission.INTERNET'",
        "uses-permission: name='android.permission.ACCESS_NETWORK_STATE'",
    }


def test_only_the_login_screen_is_open_to_other_apps(build: Build, toolchain: JavaTools) -> None:
    arguments = ["dump", "xmltree", "--file", "AndroidManifest.xml", str(build.current)]
    exported = toolchain.run_aapt2(arguments, step="reading the manifest").count("exported(0x01010010)=true")
    assert exported == 1


def test_the_signature_holds(build: Build, toolchain: JavaTools, tmp_path: Path) -> None:
    toolchain.compile_java([SIGNING_SOURCES / "VerifyApk.java"], toolchain.build_tools, tmp_path)
    for apk in (build.older, build.current):
        said = toolchain.run_java("VerifyApk", [str(apk)], step="verifying", classpath=[tmp_path])
        assert "v2=true" in said


def test_each_app_carries_the_authority(build: Build) -> None:
    for path in (build.current, build.reading_room):
        with zipfile.ZipFile(path) as apk:
            assert apk.read("res/raw/backend_ca.pem") == build.authority.read_bytes()


def test_resources_can_be_mapped_into_memory(build: Build) -> None:
    with zipfile.ZipFile(build.current) as apk:
        resources = apk.getinfo("resources.arsc")
    header = build.current.read_bytes()[resources.header_offset : resources.header_offset + 30]
    name_size, extra_size = int.from_bytes(header[26:28], "little"), int.from_bytes(header[28:30], "little")
    assert resources.compress_type == zipfile.ZIP_STORED
    assert (resources.header_offset + len(header) + name_size + extra_size) % 4 == 0


def test_the_same_inputs_give_the_same_bytes(build: Build, toolchain: JavaTools, tmp_path: Path) -> None:
    key = load_or_create_signing_key(build.keys)
    again = build_if_changed(current(APPS), toolchain, build.authority, key, tmp_path, print)
    assert again.read_bytes() == build.current.read_bytes()


def test_unchanged_inputs_are_not_built_again(build: Build) -> None:
    before = build.older.stat().st_ino
    said: list[str] = []
    build_apps(APPS, JARS, build.authority, build.keys, build.out, said.append)
    assert said == [f"{app.file_name}: up to date" for app in (older(APPS), current(APPS), reading_room(APPS))]
    assert build.older.stat().st_ino == before


def test_nothing_is_left_beside_the_apks(build: Build) -> None:
    assert sorted(path.name for path in build.out.iterdir()) == [
        "readingroom-3.1.0.apk",
        "readingroom-3.1.0.apk.inputs",
        "reference-1.0.0.apk",
        "reference-1.0.0.apk.inputs",
        "reference-2.0.0.apk",
        "reference-2.0.0.apk.inputs",
        "tools",
    ]


def test_a_missing_authority_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "none.pem"
    arguments = [
        "--apps",
        str(APPS),
        "--jars",
        str(JARS),
        "--ca",
        str(missing),
        "--key-dir",
        str(tmp_path),
        "--out",
        str(tmp_path),
    ]
    assert main(arguments) == 1
    assert str(missing) in capsys.readouterr().err
