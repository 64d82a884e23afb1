"""`masuk inspect` on a device: what it proposes is what Appium finds, and what was typed is not in the file."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from masuk.automation.run_processes import Stack
from masuk.automation.screen import Screen
from masuk.automation.session import Session
from masuk.base.toml_model import as_toml
from masuk.config.profile import STRATEGIES
from masuk.device.app_under_test import AppUnderTest
from masuk.services.personas import People
from pages.login import LoginPage
from tests.system.masuk_command import Finished, MasukCommand


def content(page: Path) -> dict[str, Any]:
    found = re.search(r'type="application/json">(.*?)</script>', page.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    content: dict[str, Any] = json.loads(found[1])
    return content


def inspect(masuk: MasukCommand, stack: Stack, out: Path) -> Finished:
    """Look, from a process of its own."""
    words = ("--device", masuk.device.serial, "--appium-url", stack.ready_appium(), "--out", str(out))
    return masuk.finish(masuk.start_command("inspect", *words))


def test_what_is_proposed_is_what_appium_finds(
    app: AppUnderTest, login_page: LoginPage, session: Session, masuk: MasukCommand, stack: Stack, tmp_path: Path
) -> None:
    app.launch()
    login_page.loaded()
    session.close()  # a device carries one session at a time
    finished = inspect(masuk, stack, tmp_path / "page.html")
    assert finished.code == 0, finished.output
    shown = content(tmp_path / "page.html")
    assert {as_toml("id=identifier"), as_toml("id=submit")} <= {
        element["locators"][0]["notation"] for element in shown["elements"] if element["locators"]
    }
    driver = session.driver
    for element in shown["elements"]:
        for locator in element["locators"]:
            kind, _, value = locator["notation"][1:-1].partition("=")
            assert len(driver.find_elements(STRATEGIES[kind], value)) == locator["matches"], locator


def test_what_was_typed_is_not_in_the_file(
    app: AppUnderTest,
    login_page: LoginPage,
    screen: Screen,
    session: Session,
    people: People,
    masuk: MasukCommand,
    stack: Stack,
    tmp_path: Path,
) -> None:
    rini = people.named("Rini")
    app.launch()
    login_page.fill(rini.identifier, rini.password)
    login_page.reveal_password()
    screen.expect_that(lambda: not login_page.hides_password(), "the password to be shown")
    session.close()
    finished = inspect(masuk, stack, tmp_path / "page.html")
    assert finished.code == 0, finished.output
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert rini.password.reveal() not in page
    assert rini.identifier.reveal() not in page
    assert page.count("\\u003ctyped text>") >= 2


@pytest.mark.parametrize("name", ["nowhere/page.html", "."])
def test_a_file_that_can_not_be_written_is_said_at_once(
    masuk: MasukCommand, stack: Stack, tmp_path: Path, name: str
) -> None:
    finished = inspect(masuk, stack, tmp_path / name)
    assert (finished.code, list(tmp_path.iterdir())) == (4, [])
    assert str(tmp_path) in finished.output
    assert "--out" in finished.output


def test_for_a_device_the_profile_may_be_in_the_making(
    masuk: MasukCommand, stack: Stack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "profile.toml").write_text("[app]\n")
    out = tmp_path / "page.html"
    monkeypatch.setenv("MASUK_PROFILE", str(tmp_path / "profile.toml"))
    words = ("--appium-url", stack.ready_appium(), "--out", str(out))
    on_device = masuk.finish(masuk.start_command("inspect", "--device", masuk.device.serial, *words))
    assert on_device.code == 0, on_device.output
    out.unlink()
    on_handset = masuk.finish(masuk.start_command("inspect", "--device", "handset", *words))
    assert on_handset.code == 4, on_handset.output
    assert "profile.toml: app.name: is missing; add it." in on_handset.output
    assert not out.exists()


def test_a_build_is_not_ignored_for_a_device_that_happens_to_be_attached(masuk: MasukCommand, tmp_path: Path) -> None:
    finished = masuk.finish(
        masuk.start_command("inspect", "--apk", "nowhere.apk", "--out", str(tmp_path / "page.html"))
    )
    assert finished.code == 4
    assert f"--apk: {masuk.device.serial} is looked at as it is" in finished.output
