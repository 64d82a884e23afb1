"""An Appium session on a device: opened when first needed, reused by every scenario, opened anew when it has died."""

import contextlib
import threading
from collections.abc import Sequence
from concurrent.futures import Future

from appium.options.android import UiAutomator2Options
from selenium.common.exceptions import WebDriverException
from urllib3.exceptions import HTTPError

from masuk.automation.driver import DESCRIBED, WatchedDriver, Watcher
from masuk.automation.run_processes import Stack
from masuk.base.errors import InfrastructureError, NotServed, SessionError
from masuk.config.capabilities import ADB_PORT, SERIAL

CAPABILITIES: dict[str, object] = {
    "appium:automationName": "UiAutomator2",
    "appium:autoLaunch": False,
    "appium:noReset": True,
    "appium:skipUnlock": True,
    "appium:disableWindowAnimation": True,
    "appium:newCommandTimeout": 300,
    "appium:adbExecTimeout": 60_000,
    "appium:uiautomator2ServerLaunchTimeout": 90_000,
    "appium:uiautomator2ServerInstallTimeout": 60_000,
    "appium:settings[waitForIdleTimeout]": 0,
    **DESCRIBED,
}


class Session:
    """The session of this worker. State of the app is set through adb, never through the session."""

    def __init__(self, stack: Stack, joined: str | None = None) -> None:
        """`joined` is the id of a session that is used first, and left open."""
        self._stack = stack
        self._joined = joined
        self.watchers: Sequence[Watcher] = ()
        """They are told of everything that is asked of it from its next use on."""
        self._driver: WatchedDriver | None = None
        self._ahead: Future[WatchedDriver] | None = None

    @property
    def driver(self) -> WatchedDriver:
        """The driver; raises SessionError when no session can be opened."""
        if self._driver is None:
            ahead, self._ahead = self._ahead, None
            self._driver = self._open() if ahead is None else ahead.result()
        self._driver.watchers = self.watchers
        return self._driver

    def open_ahead(self) -> None:
        """Begin to open it, unless it is open, beside whatever else is made ready.

        Its first use waits for that, and is told what went wrong.
        """
        if self._driver is None and self._ahead is None:
            self._stack.revive()
            self._ahead = Future()
            threading.Thread(target=self._open_for, args=(self._ahead,), name="session", daemon=True).start()

    def close(self) -> None:
        """End the session, even one that has died; the next use opens another."""
        if self._ahead is not None:
            with contextlib.suppress(InfrastructureError, NotServed):
                _ = self.driver
        driver, self._driver = self._driver, None
        joined, self._joined = self._joined, None
        if driver is not None and joined is None:
            with contextlib.suppress(WebDriverException, HTTPError, OSError):
                driver.quit()

    def _open_for(self, waiting: Future[WatchedDriver]) -> None:
        try:
            waiting.set_result(self._open())
        except BaseException as error:
            waiting.set_exception(error)

    def _open(self) -> WatchedDriver:
        device = self._stack.ready_device()
        options = UiAutomator2Options().load_capabilities(
            {**CAPABILITIES, **self._stack.asked, SERIAL: device.serial, ADB_PORT: device.adb.port}
        )
        try:
            url = self._stack.ready_appium()
            if self._joined is None:
                driver = WatchedDriver(url, options)
            else:
                driver = WatchedDriver.of_session(url, self._joined, options)
        except (WebDriverException, HTTPError, OSError) as error:
            reason = getattr(error, "msg", None) or str(error)
            raise SessionError(
                f"No Appium session could be opened on {device.serial}: {reason.strip().splitlines()[0]}. "
                "The Appium log is in the report of this run."
            ) from error
        return driver
