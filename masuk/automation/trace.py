"""Every call to Appium with its time and its answer, for `--trace`."""

import re
import time
from collections.abc import Callable, Mapping

LONGEST = 200
ELEMENT = re.compile(r'<appium\.\S+ \(session="[^"]*", element="([^"]*)"\)>')
TYPING = re.compile("sendKeys|[cC]lipboard|replaceElementValue|mobile: type|setValue")
"""In a command or its script: its texts are nearly always secret, and may be too short for a mask to know them."""
TYPED = {"text", "value", "content"}
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
        if TYPING.search(f"{command} {parameters}"):
            parameters = self._without_typed(parameters)
        words = "(a picture)" if command in BYTES else self._short(outcome)
        line = f"{began - self._began:8.3f} s {1000 * (now - began):8.1f} ms  {command} {self._short(parameters)}"
        self._lines.append(f"{line} → {words}")

    def __str__(self) -> str:
        """A line for each call: when, how long, what, and the answer."""
        return "\n".join(self._lines) or "no call"

    def _without_typed(self, part: object) -> object:
        if isinstance(part, Mapping):
            return {
                name: self._typed(value) if name in TYPED else self._without_typed(value)
                for name, value in part.items()
            }
        return [self._without_typed(one) for one in part] if isinstance(part, list | tuple) else part

    def _typed(self, value: object) -> str:
        text = value if isinstance(value, str) else "".join(map(str, value)) if isinstance(value, list) else str(value)
        masked = self._mask(text)
        return masked if masked != text else f"<{len(text)} characters>"

    def _short(self, value: object) -> str:
        text = self._mask("" if value is None else str(value)).replace("\n", " ")
        text = ELEMENT.sub(r"\1", text)
        return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
