"""The Appium driver, with those who want to know what it does, and elements that are described as they are found."""

import contextlib
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from appium.options.common import AppiumOptions
from appium.webdriver.appium_connection import AppiumConnection
from appium.webdriver.client_config import AppiumClientConfig
from appium.webdriver.webdriver import WebDriver
from appium.webdriver.webelement import WebElement
from selenium.common.exceptions import (
    InvalidArgumentException,
    InvalidElementStateException,
    UnknownMethodException,
)
from selenium.webdriver.remote.command import Command

SHOWING_HINT = "showing-hint"
"""The UiAutomator2 server's attribute of a field whose text is only its hint, as an empty one's is since Android 8."""
DESCRIBED: dict[str, object] = {
    "appium:settings[shouldUseCompactResponses]": False,
    "appium:settings[elementResponseAttributes]": f"text,enabled,rect,attribute/{SHOWING_HINT}",
}
"""Capabilities that have the UiAutomator2 server describe the elements that it finds."""
REFERENCES = {"element-6066-11e4-a52e-4f735466cecf", "ELEMENT"}
T = TypeVar("T")


class Watcher(Protocol):
    """Is told every command, after it."""

    def note(self, command: str, parameters: Mapping[str, object], began: float, outcome: object) -> None:
        """`began` is by the monotonic clock; `outcome` is the answer's value, or an error in words."""


class Seen:
    """An element, and what was told of it as it was found. What was not told is asked for."""

    def __init__(self, element: WebElement, told: Mapping[str, Any]) -> None:
        self.element = element
        self.at = time.monotonic()
        self._told = told

    @property
    def text(self) -> str:
        """What it says. A field that shows its hint is empty and says nothing."""
        text = str(self._told["text"]) if "text" in self._told else self.element.text
        return "" if text and self._shows_hint() else text

    def _shows_hint(self) -> bool:
        told = self._told.get(f"attribute/{SHOWING_HINT}")
        if told is None and "text" not in self._told:
            # Not every driver knows the attribute; one that does not tells no hints apart.
            with contextlib.suppress(InvalidArgumentException, UnknownMethodException, InvalidElementStateException):
                told = self.element.get_attribute(SHOWING_HINT)
        return bool(told == "true")

    @property
    def enabled(self) -> bool:
        """Whether it takes a tap or a text. The server tells it as a text."""
        return bool(self._told["enabled"] == "true") if "enabled" in self._told else self.element.is_enabled()

    @property
    def place(self) -> Mapping[str, int]:
        """Its corner and size in pixels."""
        told: Mapping[str, int] | None = self._told.get("rect")
        return self.element.rect if told is None else told

    def __repr__(self) -> str:
        return f"{self.element.id} {dict(self._told)}"


class DiscreetConnection(AppiumConnection):
    """Asks each Appium server, ours or another one, to keep what is typed and shown out of its log."""

    # Of the class, since Appium's client looks for headers there, and not in its configuration.
    extra_headers = {"X-Appium-Is-Sensitive": "true"}  # noqa: RUF012 - to mypy the base has one of the instance


class WatchedDriver(WebDriver):
    """A driver that tells its watchers what it is asked."""

    watchers: Sequence[Watcher] = ()

    def __init__(self, url: str, options: AppiumOptions) -> None:
        """Open a session at the Appium server of that address. Raises WebDriverException."""
        super().__init__(DiscreetConnection(client_config=AppiumClientConfig(url)), options=options)

    @classmethod
    def of_session(cls, url: str, session: str, options: AppiumOptions) -> "WatchedDriver":
        """The driver of a session that somebody has opened and will close."""

        class Joining(cls):  # type: ignore[misc,valid-type]
            def start_session(self, *_: object) -> None:
                self.session_id, self.caps = session, options.to_capabilities()

        return Joining(url, options)

    def execute(
        self, driver_command: str | Generator[dict[str, Any], Any, Any], params: dict[str, Any] | None = None
    ) -> Any:
        """Send a command to Appium; its answer."""
        command = str(driver_command)
        return self._watched(
            command, params, lambda: super(WatchedDriver, self).execute(driver_command, params), _value
        )

    def see(self, strategy: str, value: str) -> list[Seen]:
        """The elements that match, described. The client's own `find_elements` drops the descriptions."""
        wanted = {"using": strategy, "value": value}
        return self._watched(Command.FIND_ELEMENTS, wanted, lambda: self._see(wanted), lambda seen: seen)

    def _see(self, wanted: Mapping[str, str]) -> list[Seen]:
        answer = self.command_executor.execute(  # type: ignore[no-untyped-call]
            Command.FIND_ELEMENTS, {**wanted, "sessionId": self.session_id}
        )
        self.error_handler.check_response(answer)
        seen = []
        for told in answer["value"]:
            (identifier,) = {told.pop(name) for name in REFERENCES & told.keys()}
            seen.append(Seen(self.create_web_element(identifier), told))
        return seen

    def _watched(
        self, command: str, params: Mapping[str, Any] | None, send: Callable[[], T], outcome: Callable[[T], object]
    ) -> T:
        began = time.monotonic()
        try:
            answer = send()
        except Exception as error:
            self._tell(command, params, began, f"{type(error).__name__}: {error}")
            raise
        self._tell(command, params, began, outcome(answer))
        return answer

    def _tell(self, command: str, params: Mapping[str, Any] | None, began: float, outcome: object) -> None:
        told = {name: value for name, value in (params or {}).items() if name != "sessionId"}
        for watcher in self.watchers:
            watcher.note(command, told, began, outcome)


def _value(answer: Mapping[str, Any]) -> object:
    return answer.get("value")
