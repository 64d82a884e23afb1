"""The Appium driver, with those who want to know what it does."""

import time
from collections.abc import Generator, Mapping, Sequence
from typing import Any, Protocol, TypeAlias

from appium.options.common import AppiumOptions
from appium.webdriver.webdriver import WebDriver

Command: TypeAlias = str | Generator[dict[str, Any], Any, Any]


class Watcher(Protocol):
    """Is told every command, after it."""

    def note(self, command: str, parameters: Mapping[str, object], began: float, outcome: object) -> None:
        """`began` is by the monotonic clock; `outcome` is the answer's value, or an error in words."""


class WatchedDriver(WebDriver):
    """A driver that tells its watchers what it is asked."""

    watchers: Sequence[Watcher] = ()

    @classmethod
    def of_session(cls, url: str, session: str, options: AppiumOptions) -> "WatchedDriver":
        """The driver of a session that somebody has opened and will close."""

        class Joining(cls):  # type: ignore[misc,valid-type]
            def start_session(self, *_: object) -> None:
                self.session_id, self.caps = session, options.to_capabilities()

        return Joining(url, options=options)

    def execute(
        self, driver_command: str | Generator[dict[str, Any], Any, Any], params: dict[str, Any] | None = None
    ) -> Any:
        """Send a command to Appium; its answer."""
        began = time.monotonic()
        try:
            answer = super().execute(driver_command, params)
        except Exception as error:
            self._tell(str(driver_command), params, began, f"{type(error).__name__}: {error}")
            raise
        self._tell(str(driver_command), params, began, answer.get("value"))
        return answer

    def _tell(self, command: str, params: dict[str, Any] | None, began: float, outcome: object) -> None:
        told = {name: value for name, value in (params or {}).items() if name != "sessionId"}
        for watcher in self.watchers:
            watcher.note(command, told, began, outcome)
