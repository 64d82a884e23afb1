"""What is read from the screen: as it is now, and no trouble of Appium's is the product's."""

from typing import Any, cast

import pytest
from selenium.common.exceptions import InvalidSessionIdException
from urllib3.exceptions import MaxRetryError

from masuk.automation import screen_content
from masuk.base.errors import SessionError
from masuk.config.profile import Locator
from tests.masuk.automation.stand_in_driver import FIELD, Driver, Element, screen

pytestmark = pytest.mark.usefixtures("describes")


@pytest.fixture
def long_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """On no machine it is over before the next line."""
    monkeypatch.setattr(screen_content, "FRAME", 3600)


@pytest.mark.parametrize(("shows_hint", "read"), [(True, ""), (False, "Username"), (None, "Username")])
def test_a_field_that_shows_its_hint_is_empty(shows_hint: bool | None, read: str) -> None:
    field = Element("Username")
    field.shows_hint = shows_hint
    assert screen(Driver(field)).text(FIELD) == read


def test_an_element_that_was_drawn_anew_is_found_again() -> None:
    assert screen(Driver(Element("there", stale=2))).text(FIELD) == "there"


@pytest.mark.usefixtures("long_frame")
def test_what_was_just_seen_is_searched_for_once_for_the_look_and_the_act() -> None:
    driver = Driver(Element("there"))
    looked = screen(driver)
    assert looked.shows(FIELD)
    assert looked.text(FIELD) == "there"
    assert driver.searches == 1
    assert looked.text(FIELD) == "there"
    assert driver.searches == 2


def test_what_was_seen_a_frame_ago_is_searched_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen_content, "FRAME", -1)
    element = Element("before")
    looked = screen(Driver(element))
    assert looked.shows(FIELD)
    element.typed = "after"
    assert looked.text(FIELD) == "after"


@pytest.mark.usefixtures("long_frame")
def test_what_was_just_seen_and_is_drawn_anew_before_the_act_is_searched_for_again() -> None:
    seen, new = Element("old"), Element("new")
    driver = Driver(seen)
    looked = screen(driver, wait=7200)
    assert looked.shows(FIELD)
    driver.elements = (new,)
    seen.gone = True
    looked.tap_twice(FIELD)
    assert (seen.taps, new.taps) == ([], [0, 0])


def test_what_was_seen_elsewhere_is_not_taken_for_it() -> None:
    driver = Driver(Element("message"))
    looked = screen(driver)
    assert looked.shows(FIELD)
    driver.elements = (Element("button"),)
    assert looked.text(Locator(strategy="id", value="submit")) == "button"


@pytest.mark.parametrize(
    "error",
    [
        InvalidSessionIdException("A session is either terminated or not started"),
        MaxRetryError(cast(Any, None), "/session", ConnectionRefusedError()),
        ConnectionResetError("gone"),
    ],
)
def test_trouble_with_appium_is_not_the_products(error: Exception) -> None:
    with pytest.raises(SessionError, match="Appium could not do what was asked"):
        screen(Driver(error=error)).shows(FIELD)
