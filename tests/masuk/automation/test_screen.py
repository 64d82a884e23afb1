"""The screen: what is not there is the product's failure, what breaks Appium is not."""

import math
import re
import time
from typing import Any, cast

import pytest
from selenium.common.exceptions import (
    InvalidArgumentException,
    InvalidSessionIdException,
    StaleElementReferenceException,
)
from typing_extensions import override
from urllib3.exceptions import MaxRetryError

from masuk.automation import screen as screen_module
from masuk.automation.driver import Seen, WatchedDriver
from masuk.automation.screen import Screen
from masuk.base.errors import NotMeasured, SessionError, UsageError
from masuk.base.polling import Moment
from masuk.config.profile import Locator

FIELD = Locator(strategy="id", value="message")
CARD = Locator(strategy="id", value="card")
SOURCE = '<hierarchy><node text="Masuk"/><node text="" content-desc="Bantuan"/><node text="two&#10;lines"/></hierarchy>'


class Element:
    def __init__(self, text: str = "", enabled_after: int = 0, stale: int = 0, moves: int = 0) -> None:
        self.typed = text
        self.enabled_after = enabled_after
        self.stale = stale
        self.moves = moves
        self.gone = False
        self.shows_hint: bool | None = False
        self.taps: list[int] = []
        self.id = str(id(self))

    def is_enabled(self) -> bool:
        self.enabled_after -= 1
        return self.enabled_after < 0

    @property
    def text(self) -> str:
        if self.stale:
            self.stale -= 1
            raise StaleElementReferenceException("drawn anew")
        return self.typed

    @property
    def rect(self) -> dict[str, int]:
        self.moves = max(0, self.moves - 1)
        return {"x": 0, "y": self.moves, "width": 10, "height": 10}

    def get_attribute(self, name: str) -> str | None:
        if name != "showing-hint" or self.shows_hint is None:
            raise InvalidArgumentException(f"{name} is not known")
        return str(self.shows_hint).lower()

    def click(self) -> None:
        if self.gone:
            raise StaleElementReferenceException("drawn anew")
        self.taps.append(self.moves)

    def described(self) -> dict[str, object]:
        """As the UiAutomator2 server does it, with a truth as a text."""
        described: dict[str, object] = {"text": self.text, "enabled": str(self.is_enabled()).lower(), "rect": self.rect}
        if self.shows_hint is not None:
            described["attribute/showing-hint"] = str(self.shows_hint).lower()
        return described


class Driver:
    page_source = SOURCE
    describes = False

    def __init__(self, *elements: Element, error: Exception | None = None) -> None:
        self.elements = elements
        self.error = error
        self.searches = 0

    def execute_script(self, script: str, arguments: dict[str, str]) -> None:
        assert script == "mobile: replaceElementValue"
        (element,) = [element for element in self.elements if element.id == arguments["elementId"]]
        element.typed = arguments["text"]

    def see(self, strategy: str, value: str) -> list[Seen]:
        self.searches += 1
        if self.error:
            raise self.error
        return [Seen(cast(Any, element), element.described() if self.describes else {}) for element in self.elements]


class ByPlace(Driver):
    """Each element in a place of its own."""

    def __init__(self, places: dict[str, Element]) -> None:
        super().__init__(*places.values())
        self.places = places

    @override
    def see(self, strategy: str, value: str) -> list[Seen]:
        self.elements = (self.places[value],) if value in self.places else ()
        return super().see(strategy, value)


@pytest.fixture(params=[True, False], ids=["described", "not described"], autouse=True)
def describes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether elements are described as they are found; a server that isn't asked for that doesn't."""
    monkeypatch.setattr(Driver, "describes", request.param)
    return bool(request.param)


@pytest.fixture
def long_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """On no machine it is over before the next line."""
    monkeypatch.setattr(screen_module, "FRAME", 3600)


def screen(driver: Any, wait: float = 0.2) -> Screen:
    return Screen(lambda: cast(WatchedDriver, driver), wait)


def test_what_is_missing_fails_with_what_is_there_instead() -> None:
    with pytest.raises(
        AssertionError, match=re.escape("Expected the card (id 'message'). The screen showed: Masuk | Ban")
    ):
        screen(Driver()).expect(FIELD, "the card")


def test_another_text_fails_with_the_one_that_was_shown() -> None:
    with pytest.raises(AssertionError, match="which said 'OFFLINE'"):
        screen(Driver(Element("OFFLINE"))).expect_text(FIELD, re.compile("salah"), "a message about wrong data")


def test_a_text_is_returned_when_its_meaning_fits() -> None:
    assert (
        screen(Driver(Element("Kata sandi salah."))).expect_text(FIELD, re.compile("salah"), "x") == "Kata sandi salah."
    )


@pytest.mark.parametrize(("shows_hint", "read"), [(True, ""), (False, "Username"), (None, "Username")])
def test_a_field_that_shows_its_hint_is_empty(shows_hint: bool | None, read: str) -> None:
    field = Element("Username")
    field.shows_hint = shows_hint
    assert screen(Driver(field)).text(FIELD) == read


def test_an_element_that_was_drawn_anew_is_found_again() -> None:
    assert screen(Driver(Element("there", stale=2))).text(FIELD) == "there"


def test_typing_and_tapping_wait_until_the_element_is_enabled() -> None:
    element = Element("old", enabled_after=2)
    screen(Driver(element)).type(FIELD, "new")
    assert element.typed == "new"
    element.enabled_after = 2
    screen(Driver(element)).tap(FIELD)
    assert len(element.taps) == 1


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
    monkeypatch.setattr(screen_module, "FRAME", -1)
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


def test_what_still_moves_is_tapped_when_it_rests() -> None:
    element = Element(moves=4)
    screen(Driver(element)).tap(FIELD)
    assert element.taps == [0]


def test_what_moves_as_it_is_enabled_is_tapped_when_it_rests() -> None:
    """It was seen where it is now, but when no tap would have helped: it may be about to move."""
    element = Element(enabled_after=2)
    driver = Driver(element)
    screen(driver).tap(FIELD)
    assert element.taps == [0]
    assert driver.searches == 4


def test_an_element_that_stays_disabled_fails() -> None:
    with pytest.raises(AssertionError, match="Expected something to tap, enabled"):
        screen(Driver(Element(enabled_after=10_000))).tap(FIELD)


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


JUST_NOW = Moment(math.inf, math.inf)
LONG_AGO = Moment(-math.inf, -math.inf)


def test_a_promised_time_is_not_the_patience() -> None:
    """With a patience that nothing can meet, what is there is in time."""
    screen(Driver(Element("there")), wait=0.000_001).comes_in_time([FIELD], "a sign of work", JUST_NOW, 1)


def test_what_is_not_there_when_its_time_is_over_is_late_whatever_the_patience() -> None:
    with pytest.raises(AssertionError, match=r"Expected a sign of work \(id 'message'\) within 1 s; it was not there"):
        screen(Driver(), wait=3600).comes_in_time([FIELD], "a sign of work", LONG_AGO, 1)


def test_what_is_first_looked_at_when_its_time_is_over_says_nothing_about_the_product() -> None:
    with pytest.raises(NotMeasured, match="could not be looked at often enough to tell whether a sign of work"):
        screen(Driver(Element("there"))).comes_in_time([FIELD], "a sign of work", LONG_AGO, 1)


def test_what_may_be_gone_again_says_nothing_about_the_product() -> None:
    with pytest.raises(NotMeasured):
        screen(Driver()).comes_in_time([FIELD], "a sign of work", LONG_AGO, 1, void_after=3)


def test_a_message_can_be_late() -> None:
    looked = screen(ByPlace({FIELD.value: Element("OFFLINE")}), wait=3600)
    with pytest.raises(AssertionError, match=r"a text like /jawaban/ in id 'message' within 40 s"):
        looked.says_in_time(FIELD, re.compile("jawaban"), "a message", LONG_AGO, 40, CARD)
    looked.says_in_time(FIELD, re.compile("OFFLINE"), "a message", JUST_NOW, 40, CARD)


def test_what_comes_instead_of_a_message_ends_the_waiting_for_it() -> None:
    came_instead = screen(ByPlace({CARD.value: Element("Rini")}))
    with pytest.raises(AssertionError, match=r"a text like /jawaban/ in id 'message'; id 'card' came instead\."):
        came_instead.says_in_time(FIELD, re.compile("jawaban"), "a message", JUST_NOW, 3600, CARD)


def test_a_message_that_is_there_counts_whatever_else_is() -> None:
    both = screen(ByPlace({FIELD.value: Element("tidak ada jawaban"), CARD.value: Element("Rini")}))
    both.says_in_time(FIELD, re.compile("jawaban"), "a message", JUST_NOW, 40, CARD)


def test_what_does_not_go_in_time_is_late() -> None:
    with pytest.raises(AssertionError, match="an end of work"):
        screen(Driver(Element("there")), wait=3600).goes_in_time(FIELD, "work", LONG_AGO, 2)
    screen(Driver(), wait=0.000_001).goes_in_time(FIELD, "work", JUST_NOW, 2)


def test_what_stays_is_there_when_its_time_is_over() -> None:
    screen(Driver(Element("there"))).stays(FIELD, "work", LONG_AGO, 2, math.inf)
    with pytest.raises(AssertionError, match="it went before"):
        screen(Driver()).stays(FIELD, "work", JUST_NOW, 2, math.inf)
    with pytest.raises(NotMeasured):
        screen(Driver()).stays(FIELD, "work", LONG_AGO, 2, 3)


def test_a_delay_of_the_faults_in_force_comes_on_top_of_the_patience() -> None:
    driver = Driver(Element("old", enabled_after=20))
    patient = Screen(lambda: cast(WatchedDriver, driver), 0.000_001, late=lambda: 3600)
    patient.type(FIELD, "new")
    assert driver.elements[0].typed == "new"


def test_a_time_that_counts_from_a_tap_needs_one() -> None:
    with pytest.raises(UsageError, match="no step before has tapped anything"):
        _ = screen(Driver()).tapped


def test_of_two_taps_the_first_counts() -> None:
    looked = screen(Driver(Element()))
    before = time.monotonic()
    looked.tap_twice(FIELD)
    between = looked.tapped
    assert before <= between.earliest <= between.latest <= time.monotonic()
    looked.tap(FIELD)
    assert looked.tapped.earliest >= between.latest


def test_a_paste_goes_through_the_clipboard_and_leaves_nothing_on_it() -> None:
    driver = Clipboard(Element())
    screen(driver).paste(FIELD, "rahasia")
    assert driver.done == ["copy rahasia", "key 279", "copy "]


class Clipboard(Driver):
    def __init__(self, *elements: Element) -> None:
        super().__init__(*elements)
        self.done: list[str] = []

    def set_clipboard_text(self, text: str) -> None:
        self.done.append(f"copy {text}")

    def press_keycode(self, code: int) -> None:
        self.done.append(f"key {code}")


def test_texts_at_rest_are_not_those_of_a_screen_that_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = iter([["Masuk", "Akun diblokir"], ["Akun diblokir"], ["Akun diblokir"]])
    screen = Screen(lambda: cast(WatchedDriver, None), wait=5)
    monkeypatch.setattr(screen, "texts", lambda: next(shown))
    assert screen.texts_at_rest() == ["Akun diblokir"]
