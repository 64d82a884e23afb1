"""The member's session: begun, kept, ended, and asked for again."""

from pytest_bdd import given, then, when

from masuk.automation.screen import Screen
from masuk.device.app_under_test import AppUnderTest
from masuk.faults.fault import FaultBoard
from masuk.faults.version import PreviousVersion
from masuk.services.backend import Backend
from masuk.services.personas import Entry
from pages.home import HomePage
from pages.login import LoginPage


@given("she has been logged in before")
def _logged_in_before(app: AppUnderTest, entry: Entry, login_page: LoginPage, home_page: HomePage) -> None:
    app.launch()
    login_page.log_in(entry.identifier, entry.password)
    home_page.loaded()
    app.close()


@given("she is logged in")
def _logged_in(app: AppUnderTest, entry: Entry, login_page: LoginPage, home_page: HomePage) -> None:
    app.launch()
    login_page.log_in(entry.identifier, entry.password)
    home_page.loaded()


@given("she has been logged in with the previous version")
def _logged_in_with_previous(
    app: AppUnderTest, faults: FaultBoard, entry: Entry, login_page: LoginPage, home_page: HomePage
) -> None:
    faults.inject(PreviousVersion)
    _logged_in_before(app, entry, login_page, home_page)


@given("she has been logged in with the previous version, and has logged out")
def _logged_out_with_previous(
    app: AppUnderTest, faults: FaultBoard, entry: Entry, login_page: LoginPage, home_page: HomePage
) -> None:
    faults.inject(PreviousVersion)
    _logged_in(app, entry, login_page, home_page)
    home_page.log_out()
    login_page.loaded()
    app.close()


@when("she logs out")
def _log_out(home_page: HomePage) -> None:
    home_page.log_out()


@given("she has cleared the app's cache and is still asked to log in")
def _cleared_in_vain(
    app: AppUnderTest, stub: Backend | None, screen: Screen, login_page: LoginPage, home_page: HomePage
) -> None:
    app.close()
    app.clear_cache()
    _was_asked(app, stub, screen, login_page, home_page)


@given("she has been asked to log in again")
def _was_asked(
    app: AppUnderTest, stub: Backend | None, screen: Screen, login_page: LoginPage, home_page: HomePage
) -> None:
    app.launch()
    _asked(app, stub, screen, login_page, home_page)


@then("she is asked to log in")
def _asked(app: AppUnderTest, stub: Backend | None, screen: Screen, login_page: LoginPage, home_page: HomePage) -> None:
    login_page.loaded()
    login_page.ready()
    assert not _resumed(app, stub, screen, home_page), (
        "Expected the member to be asked to log in; the app has gone on with her stored session."
    )


def _resumed(app: AppUnderTest, stub: Backend | None, screen: Screen, home_page: HomePage) -> bool:
    """Whether the app, opened last, goes on with a stored session: the stub knows before the screen shows it."""
    if stub is None:
        return screen.shows(home_page.at.member_name)
    asked = stub.journal.requests(path="/v1/profile")
    return any(request.status == 200 for request in asked if app.opened is None or request.came >= app.opened.earliest)
