"""Every call to Appium with its time and its answer, for `--trace`."""

import re
import time
from collections.abc import Callable, Generator
from typing import Any, TypeAlias

from appium.options.common import AppiumOptions
from appium.webdriver.webdriver import WebDriver

LONGEST = 200
ELEMENT = re.compile(r'<appium\.\S+ \(session="[^"]*", element="([^"]*)"\)>')
Command: TypeAlias = str | Generator[dict[str, Any], Any, Any]
BYTES = {"screenshot", "getScreenshot", "elementScreenshot"}


class Trace:
    """The calls of a scenario. `mask` is applied before anything is shortened, so that no half of a secret stays."""

    def __init__(self, mask: Callable[[str], str]) -> None:
        self._mask = mask
        self._lines: list[str] = []
        self._began = time.monotonic()

    def begin(self) -> None:
        """Forget the calls of the scenario before."""
        self._lines.clear()
        self._began = time.monotonic()

    def note(self, command: str, parameters: object, began: float, outcome: object) -> None:
        """Keep a call: when it began by the monotonic clock, and what it has brought, or raised."""
        now = time.monotonic()
        words = "(a picture)" if command in BYTES else self._short(outcome)
        line = f"{began - self._began:8.3f} s {1000 * (now - began):8.1f} ms  {command} {self._short(parameters)}"
        self._lines.append(f"{line} → {words}")

    def __str__(self) -> str:
        """A line for each call: when, how long, what, and the answer."""
        return "\n".join(self._lines) or "no call"

    def _short(self, value: object) -> str:
        text = self._mask("" if value is None else str(value)).replace("\n", " ")
        text = ELEMENT.sub(r"\1", text)
        return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


class TracingDriver(WebDriver):
    """A driver that tells a trace what it is asked."""

    trace: Trace | None = None

    @classmethod
    def of_session(cls, url: str, session: str, options: AppiumOptions) -> "TracingDriver":
        """The driver of a session that somebody has opened and will close."""

        class Joining(cls):  # type: ignore[misc,valid-type]
            def start_session(self, *_: object) -> None:
                self.session_id, self.caps = session, options.to_capabilities()

        return Joining(url, options=options)

    def execute(
        self, driver_command: str | Generator[dict[str, Any], Any, Any], params: dict[str, Any] | None = None
    ) -> Any:
        """Send a command to Appium; its answer."""
        if self.trace is None:
            return super().execute(driver_command, params)
        began = time.monotonic()
        try:
            answer = super().execute(driver_command, params)
        except Exception as error:
            self.trace.note(str(driver_command), _without_session(params), began, f"{type(error).__name__}: {error}")
            raise
        self.trace.note(str(driver_command), _without_session(params), began, answer.get("value"))
        return answer


def _without_session(parameters: dict[str, Any] | None) -> dict[str, Any]:
    return {name: value for name, value in (parameters or {}).items() if name != "sessionId"}
