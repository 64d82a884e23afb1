"""What is on the app's screen now, read through Appium: elements, texts, tree and picture. Nothing is waited for.

Trouble with Appium, the driver or the session is a SessionError.
"""

import contextlib
import re
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import TypeVar

from selenium.common.exceptions import (
    NoSuchElementException,
    StaleElementReferenceException,
    WebDriverException,
)
from urllib3.exceptions import HTTPError

from masuk.automation.contrast import contrast, is_black
from masuk.automation.driver import Seen, WatchedDriver
from masuk.base.errors import NotMeasured, SessionError
from masuk.config.profile import Locator

T = TypeVar("T")
STALE_ATTEMPTS = 3
FRAME = 1 / 50
"""A little more than the time, in seconds, until a display that draws 60 frames a second has drawn the next one."""
LONGEST_MESSAGE = 300
BOUNDS = 4


class ScreenContent:
    """What is on the display now. `driver` gives the driver of the session."""

    def __init__(self, driver: Callable[[], WatchedDriver]) -> None:
        self._driver = driver
        self._shown: tuple[Locator, Seen] | None = None
        """What was just seen, for what is done with it next."""

    def shows(self, locator: Locator) -> bool:
        """Whether the element is on the screen now."""
        seen = self._find(locator)
        self._shown = None if seen is None else (locator, seen)
        return seen is not None

    def text(self, locator: Locator) -> str | None:
        """The element's text now, empty for a field that shows its hint; None when the element is not on the screen."""
        return self._with(locator, lambda seen: seen.text)

    def attribute(self, locator: Locator, name: str) -> str | None:
        """An attribute of the element now, such as `password`, or None when it is not on the screen."""
        return self._with(locator, lambda seen: str(seen.element.get_attribute(name)))

    def touchable(self, package: str) -> dict[str, tuple[int, int]]:
        """Width and height in pixels of everything in an app that takes a tap, by its id or text."""
        root = ET.fromstring(self.source())  # noqa: S314 - written by the UiAutomator2 server
        found = {}
        for node in root.iter():
            edges = [int(number) for number in re.findall(r"\d+", node.get("bounds", ""))]
            if node.get("clickable") == "true" and node.get("package") == package and len(edges) == BOUNDS:
                name = node.get("resource-id") or node.get("text") or node.tag
                found[name] = (edges[2] - edges[0], edges[3] - edges[1])
        return found

    def contrast(self, locator: Locator) -> float:
        """The contrast of an element's text with what is behind it, from 1 to 21, by the pixels of the display.

        Raises AssertionError when the element is not there, or shows nothing, and NotMeasured for a black picture.
        """
        place = self._with(locator, lambda seen: seen.place)
        assert place is not None, f"Expected a text to look at ({locator}). {self.summary()}"
        left, top = place["x"], place["y"]
        picture = self.screenshot()
        if is_black(picture):
            raise NotMeasured("The picture of the display is black. Does the app forbid pictures (FLAG_SECURE)?")
        found = contrast(picture, (left, top, left + place["width"], top + place["height"]))
        assert found is not None, f"Expected a text to look at ({locator}); its box has one colour. {self.summary()}"
        return found

    def texts(self) -> list[str]:
        """Every text on the screen, top to bottom."""
        root = ET.fromstring(self.source())  # noqa: S314 - written by the UiAutomator2 server
        return [text for node in root.iter() if (text := node.get("text") or node.get("content-desc"))]

    def summary(self) -> str:
        """One line of what the screen shows, for messages."""
        shown = " | ".join(text.replace("\n", " ") for text in self.texts()) or "nothing with a text"
        return f"The screen showed: {shown[:LONGEST_MESSAGE]}"

    def source(self) -> str:
        """The accessibility tree as XML."""
        return self._call(lambda: str(self._driver().page_source))

    def screenshot(self) -> bytes:
        """A PNG picture of the display."""
        return self._call(lambda: self._driver().get_screenshot_as_png())

    def _find(self, locator: Locator) -> Seen | None:
        for _ in range(STALE_ATTEMPTS):
            # Drawn anew while it was described.
            with contextlib.suppress(StaleElementReferenceException, NoSuchElementException):
                found = self._call(lambda: self._driver().see(locator.strategy, locator.value))
                return found[0] if found else None
        return None

    def _with(self, locator: Locator, act: Callable[[Seen], T]) -> T | None:
        """Find and act; the screen may be drawn anew between the two, so a stale element is found again."""
        for _ in range(STALE_ATTEMPTS):
            seen = self._just_seen(locator) or self._find(locator)
            if seen is None:
                return None
            try:
                return self._call(lambda found=seen: act(found))  # type: ignore[misc]
            except (StaleElementReferenceException, NoSuchElementException):
                continue
        return None

    def _just_seen(self, locator: Locator) -> Seen | None:
        """What was seen there, once, and only as long as it can't have changed since."""
        shown, self._shown = self._shown, None
        if shown is None or shown[0] != locator or time.monotonic() - shown[1].at > FRAME:
            return None
        return shown[1]

    def _call(self, call: Callable[[], T]) -> T:
        try:
            return call()
        except (StaleElementReferenceException, NoSuchElementException):
            raise
        except (WebDriverException, HTTPError, ConnectionError) as error:
            reason = getattr(error, "msg", None) or str(error)
            raise SessionError(
                f"Appium could not do what was asked: {reason.splitlines()[0] if reason else type(error).__name__}"
            ) from error
