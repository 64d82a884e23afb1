"""The app on the device: opened, left, and the process that it runs in."""

from collections.abc import Sequence

from pytest_bdd import given, then, when

from masuk.automation.screen import Screen
from masuk.base.errors import NotMeasured, UsageError
from masuk.base.polling import Punctuality, punctuality
from masuk.config.profile import Locator
from masuk.device import Device
from masuk.device.app_under_test import AppUnderTest
from masuk.gherkin.check_limits import FIRST_SCREEN_SECONDS
from masuk.services.backend import Backend
from pages.home import HomePage
from pages.login import LoginPage
from pages.update import UpdatePage

STARTS = 3
"""A slow moment of the machine makes one start late. An app that is late is late at each."""


@when("she opens the app")
def _open(app: AppUnderTest) -> None:
    app.launch()


@given("she has opened the app, which has found its version good")
def _opened(app: AppUnderTest, backend: Backend, login_page: LoginPage, update_page: UpdatePage) -> None:
    app.launch()
    backend.journal.wait_for(1, path="/v1/app-version")
    login_page.loaded()


@when("she presses Back")
def _back(device: Device) -> None:
    device.display.press_back()


@when("she looks at something else and comes back")
def _away_and_back(app: AppUnderTest, device: Device) -> None:
    device.display.press_home()
    app.launch()


@when("she restarts the app")
def _open_anew(app: AppUnderTest) -> None:
    app.close()
    app.launch()


@when("she restarts the app, which asks about its version in vain")
def _open_anew_in_vain(app: AppUnderTest, backend: Backend) -> None:
    asked = len(backend.journal.requests(path="/v1/app-version"))
    _open_anew(app)
    backend.journal.wait_for(asked + 1, path="/v1/app-version")


@then("the first screen comes in time")
def _first_screen(app: AppUnderTest, screen: Screen, login_page: LoginPage, home_page: HomePage) -> None:
    first = [*login_page.signs, home_page.at.member_name]
    came = [_first_screen_came(app, screen, first)]
    while came[-1] is not Punctuality.IN_TIME and len(came) < STARTS:
        _open_anew(app)
        came.append(_first_screen_came(app, screen, first))
    late = f"within {FIRST_SCREEN_SECONDS} s of its launch"
    if came[-1] is Punctuality.IN_TIME:
        return
    if Punctuality.UNKNOWN in came:
        raise NotMeasured(f"The tools were too slow to tell whether the first screen comes {late}. Run it again.")
    raise AssertionError(
        f"Expected the login screen or the card {late}; it was not there in any of {STARTS} starts. {screen.summary()}"
    )


@then("the app was not relaunched")
def _same_process(app: AppUnderTest, process: int | None) -> None:
    now = app.pid()
    assert now == process, (
        f"Expected the app to run on in process {process}; it is {now}: it died and was started anew."
    )


@then("the app runs in a new process")
def _new_process(app: AppUnderTest) -> None:
    assert len(set(app.processes)) > 1, f"Expected {app.package} to have been ended; it is still process {app.pid()}."


@then("the app has not crashed")
def _no_crash(app: AppUnderTest, device: Device) -> None:
    crash, anr = device.log.crash_of(app.package), device.log.anr_of(app.package)
    assert crash is None, f"Expected no crash of {app.package}; it crashed: {crash}"
    assert anr is None, f"Expected {app.package} to respond; the device's log has: {anr}"
    assert app.pid() is not None, f"Expected {app.package} to run; it has no process."


@when("another app tries to open her card", target_fixture="refusal")
def _open_inside(app: AppUnderTest) -> str:
    return app.try_to_open_inside()


@then("the device refuses it")
def _not_exported(refusal: str) -> None:
    assert "Permission Denial" in refusal, f"Expected the device to refuse to open it; it said {refusal!r}."


def _first_screen_came(app: AppUnderTest, screen: Screen, first: Sequence[Locator]) -> Punctuality:
    if app.opened is None:
        raise UsageError("The first screen is waited for, and no step before has opened the app.")
    if app.displayed > FIRST_SCREEN_SECONDS:  # Android's own measure, until the first frame
        return Punctuality.LATE
    return punctuality(lambda: any(screen.shows(sign) for sign in first), app.opened, FIRST_SCREEN_SECONDS)
