"""A driver whose screen has the elements that a test gives it."""

from typing import Any, cast

from selenium.common.exceptions import InvalidArgumentException, StaleElementReferenceException
from typing_extensions import override

from masuk.automation.driver import Seen, WatchedDriver
from masuk.automation.screen import Screen
from masuk.config.profile import Locator

FIELD = Locator(strategy="id", value="message")
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


def screen(driver: Any, wait: float = 0.2) -> Screen:
    return Screen(lambda: cast(WatchedDriver, driver), wait)
