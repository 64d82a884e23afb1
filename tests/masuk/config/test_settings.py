"""Messages about settings and profiles name the file, the key and the cure."""

import re
from pathlib import Path

import pytest

from masuk.base.errors import NotServed, UsageError
from masuk.base.locations import Project
from masuk.config import profile, settings
from masuk.toolchain.tools import Toolchain
from tests.checkout import CHECKOUT

REFERENCE = CHECKOUT / "apps" / "reference" / "profile.toml"


def load(folder: Path, text: str = "", **options: str) -> settings.Settings:
    if text:
        (folder / "masuk.toml").write_text(text)
    return settings.load(Project.at(folder), options, environment={})


def test_without_a_file_there_are_defaults(tmp_path: Path) -> None:
    assert load(tmp_path).device == "handset"


def test_an_option_wins_over_the_environment_and_that_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "masuk.toml").write_text('device = "file"')
    environment = {"MASUK_DEVICE": "environment"}
    assert settings.load(Project.at(tmp_path), {}, environment).device == "environment"
    assert settings.load(Project.at(tmp_path), {"device": "option"}, environment).device == "option"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('devise = "x"', "masuk.toml: devise: is no key that is known here; remove it, or correct its spelling."),
        ("wait = 0", "masuk.toml: wait: should be greater than 0; correct it."),
        ("device = 5", "masuk.toml: device: is no text; write it as a text in quotes."),
        ("device = ", "is not valid TOML"),
        (
            'appium_url = "localhost"',
            "masuk.toml: appium_url: does not have the right form; write it like http://127.0.0.1:4723.",
        ),
    ],
)
def test_what_is_wrong_in_the_file(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        load(tmp_path, text)


def test_a_setting_is_called_as_it_was_given(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^--appium-url: does not have the right form"):
        load(tmp_path, appium_url="ftp://x")
    with pytest.raises(UsageError, match=r"^MASUK_APPIUM_URL: does not have the right form"):
        settings.load(Project.at(tmp_path), {}, {"MASUK_APPIUM_URL": "ftp://x"})
    with pytest.raises(
        UsageError, match=r"^--avd: starts a device of its own\. Leave it out, or masuk\.toml: device\.$"
    ):
        load(tmp_path, 'device = "emulator-5554"', avd="Pixel_8")


def test_a_variable_that_looks_like_ours_and_is_none_is_told(tmp_path: Path) -> None:
    settings.load(Project.at(tmp_path), {}, {"MASUK_HOME": "/somewhere", "MASUK_WIAT": "", "OTHER": "1"})
    with pytest.raises(UsageError, match=r"^MASUK_WIAT: there is no such variable; did you mean MASUK_WAIT\?"):
        settings.load(Project.at(tmp_path), {}, {"MASUK_WIAT": "3"})


def broken_profile(folder: Path, old: str, new: str) -> Path:
    text = REFERENCE.read_text(encoding="utf-8")
    assert old in text
    path = folder / "profile.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[texts]", "[textes]", "profile.toml: textes: is no key that is known here; remove it, or correct"),
        ('message = "id=message"\nbusy', "busy", "profile.toml: screens.login.message: is missing; add it."),
        ('submit = "id=', 'submit = "ident=', '"ident" is no kind of locator; use one of id, description'),
        ('submit = "id=', 'submit = "', "a locator is a text such as"),
        ('blocked = "', 'blocked = "(', "profile.toml: texts.blocked: is no regular expression"),
        (
            'package = "',
            'package = "0',
            "profile.toml: app.package: does not have the right form; write it like id",
        ),
    ],
)
def test_what_is_wrong_in_a_profile(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        profile.load(broken_profile(tmp_path, old, new), CHECKOUT, Toolchain.default().apps)


def test_an_apk_that_is_absent_is_named(tmp_path: Path) -> None:
    path = broken_profile(tmp_path, 'apk = "built:reference-2', 'apk = "built:nowhere/reference-2')
    with pytest.raises(UsageError, match=r"app\.apk: .*nowhere.* does not exist\. Build it"):
        profile.load(path, CHECKOUT, Toolchain.default().apps)


ESSENTIAL = """
[app]
name = "An app"
package = "org.example.app"
activity = ".Main"
apk = "built:readingroom-3.1.0.apk"

[screens.login]
identifier = "id=who"
password = "id=secret"
submit = "id=enter"
message = "id=said"

[screens.home]
member_name = "id=name"
"""


def test_an_app_without_the_rest_has_a_profile(tmp_path: Path) -> None:
    path = tmp_path / "profile.toml"
    path.write_text(ESSENTIAL)
    loaded = profile.load(path, CHECKOUT, Toolchain.default().apps)
    with pytest.raises(NotServed, match=r"^the profile has no storage\.key$"):
        loaded.stored("key")
    with pytest.raises(NotServed, match=r"^the profile has no \[screens\.update\]$"):
        profile.named(loaded.screens.update, "[screens.update]")


@pytest.mark.parametrize("app", ["reference", "readingroom"])
def test_the_profiles_that_come_along_are_good(app: str) -> None:
    loaded = profile.load(CHECKOUT / "apps" / app / "profile.toml", CHECKOUT, Toolchain.default().apps)
    assert loaded.app.apk.exists()
