"""The app's screen through Appium: type, tap, and wait for what is expected.

An expectation that the screen does not meet is an AssertionError, the product's failure. Trouble with Appium, the
driver or the session is a SessionError.
"""

import math
import time
from collections.abc import Callable, Mapping, Sequence
from re import Pattern

from masuk.automation.driver import Seen, WatchedDriver
from masuk.automation.screen_content import FRAME, ScreenContent
from masuk.base.errors import NotMeasured, NotReached, UsageError
from masuk.base.polling import Moment, Punctuality, punctuality, until
from masuk.config.profile import Locator

REST = 0.2
"""Seconds between two looks that must find the same for a screen at rest: a transition moves in this time."""
KEYCODE_PASTE = 279


class Screen(ScreenContent):
    """What a user does with the app's screen, and what they may expect of it.

    `wait` is the patience: how many seconds an expectation without a time of its own may take to come true. `late`
    gives the seconds by which the faults in force delay answers now; they come on top. A time that a check promises is
    measured, whatever the patience is.
    """

    def __init__(
        self, driver: Callable[[], WatchedDriver], wait: float, late: Callable[[], float] = lambda: 0.0
    ) -> None:
        super().__init__(driver)
        self.used: set[Locator] = set()
        """The places that were tapped so far."""
        self._longest = wait
        self._late = late
        self._tapped: Moment | None = None

    @property
    def tapped(self) -> Moment:
        """When something was last tapped. Raises UsageError when nothing was."""
        if self._tapped is None:
            raise UsageError("The scenario measures a time from a tap, and no step before has tapped anything.")
        return self._tapped

    @property
    def _wait(self) -> float:
        return self._longest + self._late()

    def type(self, locator: Locator, text: str) -> None:
        """Replace the content of a field, as soon as it is enabled."""

        def enter(seen: Seen) -> bool:
            if not seen.enabled:
                return False
            where = {"elementId": seen.element.id, "text": text}
            self._driver().execute_script("mobile: replaceElementValue", where)
            return True

        self._act(locator, enter, "a field to type into")

    def paste(self, locator: Locator, text: str) -> None:
        """Put a text on the device's clipboard, and paste it into a field. The clipboard is emptied after that."""
        self.tap(locator)
        try:
            self._call(lambda: self._driver().set_clipboard_text(text))
            self._call(lambda: self._driver().press_keycode(KEYCODE_PASTE))
        finally:
            self._call(lambda: self._driver().set_clipboard_text(""))

    def tap(self, locator: Locator) -> None:
        """Tap an element, as soon as it is enabled and stays where it is.

        What has just been enabled or told often moves with the next frame, and a tap goes to a place.
        """
        place: Mapping[str, int] | None = None

        def tap(seen: Seen) -> bool:
            nonlocal place
            before, place = place, seen.place if seen.enabled else None
            if place is None or place != before:
                return False
            self._click(seen)
            return True

        self._act(locator, tap, "something to tap")
        self.used.add(locator)

    def tap_twice(self, locator: Locator) -> None:
        """Tap an element twice, as fast as can be and whether it is enabled or not."""

        def tap(seen: Seen) -> bool:
            self._click(seen)
            first = self._tapped
            self._click(seen)
            self._tapped = first
            return True

        self._act(locator, tap, "something to tap twice")
        self.used.add(locator)

    def gone(self, locator: Locator, what: str) -> None:
        """Wait until the element is not on the screen any more."""
        try:
            until(lambda: not self.shows(locator), f"{what} to go", timeout=self._wait)
        except NotReached as late:
            raise AssertionError(f"Expected {what} to go ({locator}). {self.summary()}") from late

    def comes_in_time(
        self, locators: Sequence[Locator], what: str, since: Moment, seconds: float, void_after: float = math.inf
    ) -> None:
        """See that one of the elements comes within `seconds` of `since`, whatever the patience is.

        More than `void_after` seconds after `since` it may be gone again. Raises AssertionError when it is late, and
        NotMeasured when the screen could not be looked at when it mattered.
        """
        named = " or ".join(map(str, locators))

        def there() -> bool:
            return any(self.shows(locator) for locator in locators)

        self._demand_in_time(punctuality(there, since, seconds, void_after=void_after), f"{what} ({named})", seconds)

    def comes_within(self, locator: Locator, seconds: float) -> bool:
        """Whether an element comes within some seconds from now."""
        try:
            return until(lambda: self.shows(locator), "an element", timeout=seconds)
        except NotReached:
            return False

    def says_in_time(
        self, locator: Locator, meaning: Pattern[str], what: str, since: Moment, seconds: float, instead: Locator
    ) -> None:
        """See that the element's text has a meaning within `seconds` of `since`, whatever the patience is.

        Where `instead` is on the screen, the text can't come any more: AssertionError at once. Raises AssertionError
        and NotMeasured as `comes_in_time` does.
        """
        expected = f"{what}: a text like /{meaning.pattern}/ in {locator}"

        def decided() -> bool:
            said = self.text(locator)
            if said and meaning.search(said):
                return True
            assert not self.shows(instead), f"Expected {expected}; {instead} came instead. {self.summary()}"
            return False

        self._demand_in_time(punctuality(decided, since, seconds), expected, seconds)

    def goes_in_time(self, locator: Locator, what: str, since: Moment, seconds: float) -> None:
        """See that an element goes within `seconds` of `since`, whatever the patience is.

        Raises AssertionError and NotMeasured as `comes_in_time` does.
        """
        gone = punctuality(lambda: not self.shows(locator), since, seconds)
        self._demand_in_time(gone, f"an end of {what} ({locator})", seconds)

    def becomes(self, holds: Callable[[], bool], what: str, seconds: float) -> None:
        """See that something holds within `seconds` from now, whatever the patience is.

        Raises AssertionError and NotMeasured as `comes_in_time` does.
        """
        now = time.monotonic()
        self._demand_in_time(punctuality(holds, Moment(now, now), seconds), what, seconds)

    def stays(self, locator: Locator, what: str, since: Moment, seconds: float, void_after: float) -> None:
        """See that an element, which is on the screen, is still there `seconds` after `since`.

        Raises AssertionError when it goes before. More than `void_after` seconds after `since` it may be gone for a
        good reason; NotMeasured is raised when the screen was looked at only then.
        """
        gone = punctuality(
            lambda: not self.shows(locator), since, seconds, void_after=void_after
        )  # LATE to go is what is wanted
        if gone is Punctuality.LATE:
            return
        if gone is Punctuality.UNKNOWN or time.monotonic() > since.earliest + void_after:
            raise NotMeasured(_seldom(f"{what} stays for {seconds:g} s"))
        raise AssertionError(f"Expected {what} for {seconds:g} seconds ({locator}); it went before. {self.summary()}")

    def _demand_in_time(self, came: Punctuality, what: str, seconds: float) -> None:
        if came is Punctuality.LATE:
            raise AssertionError(f"Expected {what} within {seconds:g} s; it was not there then. {self.summary()}")
        if came is Punctuality.UNKNOWN:
            raise NotMeasured(_seldom(f"{what} comes within {seconds:g} s"))

    def expect(self, locator: Locator, what: str) -> None:
        """Wait until the element is on the screen. `what` says in words what it is."""
        try:
            until(lambda: self.shows(locator), what, timeout=self._wait)
        except NotReached as late:
            raise AssertionError(f"Expected {what} ({locator}). {self.summary()}") from late

    def expect_that(self, holds: Callable[[], bool], what: str) -> None:
        """Wait until something holds that more than one element tells."""
        try:
            until(holds, what, timeout=self._wait)
        except NotReached as late:
            raise AssertionError(f"Expected {what}. {self.summary()}") from late

    def expect_any(self, locators: Sequence[Locator], what: str) -> None:
        """Wait until one of the elements is on the screen."""
        named = " or ".join(map(str, locators))
        self.expect_that(lambda: any(self.shows(locator) for locator in locators), f"{what} ({named})")

    def expect_text(self, locator: Locator, meaning: Pattern[str], what: str) -> str:
        """Wait until the element's text has a meaning, and return the text."""
        seen: list[str | None] = [None]

        def matching() -> str | None:
            seen[0] = self.text(locator)
            return seen[0] if seen[0] and meaning.search(seen[0]) else None

        try:
            return until(matching, what, timeout=self._wait)
        except NotReached as late:
            said = "was not on the screen" if seen[0] is None else f"said {seen[0]!r}"
            raise AssertionError(
                f"Expected {what}: a text like /{meaning.pattern}/ in {locator}, which {said}. {self.summary()}"
            ) from late

    def texts_at_rest(self) -> list[str]:
        """Every text on the screen, as soon as two looks in a row find the same. Raises NotReached if none do.

        A screen that has just come may still show texts of the one before, and would change without a tap.
        """
        last = self.texts()

        def rests() -> bool:
            nonlocal last
            before, last = last, self.texts()
            return last == before

        until(rests, "the screen to come to rest", timeout=max(self._longest, 5 * REST), interval=REST)
        return last

    def _click(self, seen: Seen) -> None:
        """Tap: Selenium's element sends it to Appium through `WatchedDriver.execute`."""
        began = time.monotonic()
        seen.element.click()
        self._tapped = Moment(began, time.monotonic())

    def _act(self, locator: Locator, act: Callable[[Seen], bool], what: str) -> None:
        try:
            until(lambda: self._with(locator, act), what, timeout=self._wait, interval=FRAME)
        except NotReached as late:
            raise AssertionError(f"Expected {what}, enabled ({locator}). {self.summary()}") from late


def _seldom(what: str) -> str:
    return (
        f"The screen could not be looked at often enough to tell whether {what}: device, Appium or this machine was too"
        " slow. Run it again, with less beside it."
    )
