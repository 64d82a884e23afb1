"""The screen: what is not there is the product's failure."""

import math
import re
import time
from typing import cast

import pytest

from masuk.automation.driver import WatchedDriver
from masuk.automation.screen import Screen
from masuk.base.errors import NotMeasured, UsageError
from masuk.base.polling import Moment
from masuk.config.profile import Locator
from tests.masuk.automation.stand_in_driver import FIELD, ByPlace, Driver, Element, screen

pytestmark = pytest.mark.usefixtures("describes")

CARD = Locator(strategy="id", value="card")


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


def test_typing_and_tapping_wait_until_the_element_is_enabled() -> None:
    element = Element("old", enabled_after=2)
    screen(Driver(element)).type(FIELD, "new")
    assert element.typed == "new"
    element.enabled_after = 2
    screen(Driver(element)).tap(FIELD)
    assert len(element.taps) == 1


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
