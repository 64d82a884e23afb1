"""A draft is TOML that says what is lacking, and is a profile once that is there."""

import tomllib
from pathlib import Path

import pytest

from apk_tools.manifest import parse_badging
from masuk.base.errors import UsageError
from masuk.cli.new_app.draft import draft, path_in_profile
from masuk.cli.new_app.manifest import Manifest
from masuk.config import profile
from masuk.config.profile import Locator
from masuk.toolchain.tools import Toolchain
from tests.checkout import CHECKOUT

APK = "built:readingroom-3.1.0.apk"
MANIFEST = Manifest('The "app"', "org.example.app", ".Main", debuggable=True)
KNOWN = {
    "identifier": Locator.of("id", "who"),
    "password": Locator.of("uiautomator", 'new UiSelector().text("Secret")'),
    "submit": Locator.of("description", 'Don\'t "wait"'),
}


def write(folder: Path, text: str) -> Path:
    path = folder / "profile.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_known_is_there_and_what_is_not_is_named(tmp_path: Path) -> None:
    text = draft("mine", APK, MANIFEST, KNOWN)
    found = tomllib.loads(text)
    assert found["app"] == {"name": 'The "app"', "package": "org.example.app", "activity": ".Main", "apk": APK}
    assert found["screens"]["login"] == {key: locator.notation for key, locator in KNOWN.items()}
    with pytest.raises(UsageError) as lacking:
        profile.load(write(tmp_path, text), CHECKOUT, Toolchain.default().apps)
    path = tmp_path / "profile.toml"
    assert str(lacking.value).splitlines() == [
        f"{path}: screens.login.message: is missing; add it.",
        f"{path}: screens.home.member_name: is missing; add it.",
    ]


def test_with_every_line_filled_in_it_is_a_whole_profile(tmp_path: Path) -> None:
    """So that no key of the draft is one that profiles do not have."""
    lines = []
    for line in draft("mine", APK, MANIFEST, KNOWN).splitlines():
        is_setting = line.startswith("# ") and (" = " in line or line.startswith("# [screens"))
        lines.append(line.removeprefix("# ") if is_setting else line)
    text = "\n".join(lines).replace("{ … =", "{ server =")
    text = text.replace('previous_apk = "…"', f'previous_apk = "{APK}"')
    loaded = profile.load(write(tmp_path, text), CHECKOUT, Toolchain.default().apps)
    assert loaded.screens.login.dismiss == Locator.of("id", "…")
    assert loaded.screens.blocked is not None
    assert loaded.storage.key == "…"


def test_two_pages_need_a_way_back(tmp_path: Path) -> None:
    known = {"identifier": Locator.of("id", "who"), "next": Locator.of("id", "on")}
    assert '# change = "id=…"  # TO BE FILLED IN' in draft("mine", APK, MANIFEST, known)


def test_a_release_build_is_said_to_keep_its_files_to_itself() -> None:
    release = Manifest("App", "org.example.app", ".Main", debuggable=False)
    assert "storage" not in tomllib.loads(draft("mine", APK, release, KNOWN))


def test_an_apk_of_the_checkout_is_named_from_there() -> None:
    assert path_in_profile(Path("/here/build/a.apk"), Path("/here")) == "//build/a.apk"
    assert path_in_profile(Path("/there/a.apk"), Path("/here")) == "/there/a.apk"


BADGING = """package: name='org.example.app' versionCode='3' versionName='3.1.0'
application-label:'It's an app'
launchable-activity: name='org.example.{activity}'  label='' icon=''
application-debuggable
"""


def test_a_manifest_is_read() -> None:
    inside = Manifest.of(parse_badging(BADGING.replace("{activity}", "app.ui.Main")), "a.apk")
    assert inside == Manifest("It's an app", "org.example.app", ".ui.Main", debuggable=True)
    elsewhere = Manifest.of(parse_badging(BADGING.replace("{activity}", "other.Main")), "a.apk")
    assert elsewhere.activity == "org.example.other.Main"


def test_an_apk_without_a_launcher_is_no_app() -> None:
    with pytest.raises(UsageError, match=r"^a\.apk: has no activity that a launcher shows"):
        Manifest.of(parse_badging("package: name='org.example.library' versionCode='1' versionName='1'"), "a.apk")
