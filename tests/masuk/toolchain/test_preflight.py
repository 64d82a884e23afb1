"""Builds that are not what their profile says are told from their manifests."""

import os
import zipfile
from pathlib import Path

import pytest

from masuk.base.errors import UsageError
from masuk.config.profile import App
from masuk.config.settings import Settings
from masuk.toolchain.apk_manifest import read_manifest
from masuk.toolchain.preflight import doubt_about, profile_of
from masuk.toolchain.tools import Toolchain
from tests.checkout import CHECKOUT, PROJECT

APK = Path("app.apk")
REFERENCE = CHECKOUT / "apps" / "reference" / "profile.toml"
NEW, OLD, OTHER = "reference-2.0.0.apk", "reference-1.0.0.apk", "readingroom-3.1.0.apk"


def test_a_build_that_came_along_is_read() -> None:
    toolchain = Toolchain.default()
    declared = read_manifest(toolchain.apps / NEW, toolchain)
    assert (declared.package, declared.version_code) == ("id.masuk.anggota", 20)
    assert {"id.masuk.anggota.LoginActivity", "id.masuk.anggota.HomeActivity"} <= {
        activity.name for activity in declared.activities
    }


def test_the_profiles_that_come_along_fit_their_builds() -> None:
    for app in ("reference", "readingroom"):
        profile_of(Settings(profile=CHECKOUT / Path(f"apps/{app}/profile.toml")), PROJECT, Toolchain.default())


@pytest.mark.parametrize(
    ("previous", "said"),
    [
        (NEW, "has version code 20, and APPS/reference-2.0.0.apk has 20. An upgrade begins with a lower one."),
        (OTHER, "is a build of org.example.readingroom, and the profile's app.package is id.masuk.anggota."),
    ],
)
def test_an_upgrade_from_what_is_no_older_build_is_refused(previous: str, said: str) -> None:
    apps = Toolchain.default().apps
    with pytest.raises(UsageError) as refused:
        profile_of(
            Settings(profile=REFERENCE, previous=apps / previous),
            PROJECT,
            Toolchain.default(),
        )
    assert str(refused.value).replace(str(apps), "APPS").startswith(f"--previous: APPS/{previous} {said}")


def test_a_build_of_another_app_is_named_by_its_option() -> None:
    toolchain = Toolchain.default()
    with pytest.raises(
        UsageError, match=rf"^--apk: \S*{OTHER} is a build of org\.example\.readingroom, and the profile's"
    ):
        profile_of(
            Settings(profile=REFERENCE, apk=toolchain.apps / OTHER),
            PROJECT,
            toolchain,
        )


def test_an_old_build_can_be_tested_though_the_profile_names_a_previous_one() -> None:
    toolchain = Toolchain.default()
    settings = Settings(profile=REFERENCE, apk=toolchain.apps / OLD)
    assert profile_of(settings, PROJECT, toolchain).app.apk == toolchain.apps / OLD


def test_a_file_that_only_looks_like_an_apk_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "half.apk", "w") as archive:
        archive.writestr("AndroidManifest.xml", b"\x03\x00\x08\x00")
    with pytest.raises(
        UsageError,
        match=r"half\.apk: its manifest can't be read: could not identify format of APK\. Is the file whole\?$",
    ):
        profile_of(
            Settings(profile=REFERENCE, apk=tmp_path / "half.apk"),
            PROJECT,
            Toolchain.default(),
        )


def test_a_build_that_is_older_than_a_source_is_doubted(tmp_path: Path) -> None:
    build, source = tmp_path / "app.apk", tmp_path / "app" / "deep" / "Login.java"
    source.parent.mkdir(parents=True)
    for path, age in ((source, 60), (build, 30)):
        path.touch()
        os.utime(path, (path.stat().st_atime, path.stat().st_mtime - age))
    app = App(name="x", package="org.example", activity=".Main", apk=build, sources=[tmp_path / "app"])
    assert doubt_about(app) is None
    source.touch()
    assert f"{source} was changed after app.apk was built" in str(doubt_about(app))
