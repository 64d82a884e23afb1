"""Logging in, with right and wrong data."""

from pytest_bdd import given, parsers, when

from masuk.automation.screen import Screen
from masuk.config.profile import Profile
from masuk.device.app_under_test import AppUnderTest
from masuk.faults.catalogue import fault_named
from masuk.faults.fault import Fault, FaultBoard
from masuk.faults.typed_data import UnknownIdentifier, WrongPassword
from masuk.services.backend import Backend
from masuk.services.personas import Entry
from pages.blocked import BlockedPage
from pages.home import HomePage
from pages.login import LoginPage

TRIES_UNTIL_BLOCKED = 5


@when("she logs in")
def _log_in(app: AppUnderTest, entry: Entry, login_page: LoginPage) -> None:
    _open_unless_running(app)
    login_page.log_in(entry.identifier, entry.password)


@given(
    parsers.parse("she has tried to log in under the fault {fault}"),
    converters={"fault": fault_named},
    target_fixture="process",
)
def _tried_under(
    fault: type[Fault], app: AppUnderTest, entry: Entry, faults: FaultBoard, login_page: LoginPage
) -> int | None:
    _open_unless_running(app)
    login_page.loaded()
    process = app.pid()
    faults.inject(fault)
    login_page.log_in(entry.identifier, entry.password)
    login_page.answered()
    return process


@when("her login reaches the server and stays unanswered")
def _under_way(backend: Backend) -> None:
    backend.journal.wait_for(1, path="/v1/login", answered=False)


@when("she tries again without entering her number")
def _retry(entry: Entry, login_page: LoginPage) -> None:
    login_page.retry(entry.password)


@when("she taps the login button twice")
def _tap_twice(app: AppUnderTest, entry: Entry, login_page: LoginPage) -> None:
    _open_unless_running(app)
    login_page.fill(entry.identifier, entry.password)
    login_page.submit_twice()


@when("she gives up waiting")
def _give_up(login_page: LoginPage) -> None:
    login_page.cancel()


@when("she enters a wrong password", target_fixture="first_message")
def _wrong_password(
    app: AppUnderTest, entry: Entry, faults: FaultBoard, screen: Screen, login_page: LoginPage
) -> str | None:
    faults.inject(WrongPassword)
    _log_in(app, entry, login_page)
    return login_page.answered()


@when("she enters a number that nobody has", target_fixture="second_message")
def _unknown_number(app: AppUnderTest, entry: Entry, faults: FaultBoard, login_page: LoginPage) -> str | None:
    app.close()  # so that the first message can't be taken for the second
    faults.inject(UnknownIdentifier)
    _log_in(app, entry, login_page)
    return login_page.answered()


@given("she has entered a wrong password until her account was blocked")
@when("she enters a wrong password until her account is blocked")
def _wrong_again_and_again(
    app: AppUnderTest, entry: Entry, faults: FaultBoard, backend: Backend, login_page: LoginPage
) -> None:
    _wrong_times(TRIES_UNTIL_BLOCKED, app, entry, faults, backend, login_page)


@given(parsers.parse("she has entered a wrong password {times:d} times"))
def _wrong_times(
    times: int, app: AppUnderTest, entry: Entry, faults: FaultBoard, backend: Backend, login_page: LoginPage
) -> None:
    _open_unless_running(app)
    for time in range(1, times + 1):
        faults.inject(WrongPassword)
        login_page.log_in(entry.identifier, entry.password)
        backend.journal.wait_for(time, path="/v1/login")
        login_page.ready()


@given("she has then logged in and out")
def _in_and_out(entry: Entry, login_page: LoginPage, home_page: HomePage) -> None:
    entry.correct()
    login_page.log_in(entry.identifier, entry.password)
    home_page.loaded()
    home_page.log_out()
    login_page.loaded()


@when("she logs in with the right data")
def _log_in_rightly(app: AppUnderTest, entry: Entry, login_page: LoginPage) -> None:
    entry.correct()
    _log_in(app, entry, login_page)


@when("she corrects her password")
def _right_password(entry: Entry, login_page: LoginPage) -> None:
    entry.correct()
    login_page.retry(entry.password)


@when("she tries again at once", target_fixture="logins_before")
def _try_at_once(entry: Entry, backend: Backend, login_page: LoginPage) -> int:
    before = len(backend.journal.requests(path="/v1/login"))
    login_page.retry(entry.password)
    login_page.ready()
    return before


@when("the trouble is over and she logs in again")
def _over_and_in(
    app: AppUnderTest, entry: Entry, faults: FaultBoard, screen: Screen, profile: Profile, login_page: LoginPage
) -> None:
    faults.restore()
    entry.correct()
    _open_unless_running(app)
    blocked = profile.screens.blocked
    if blocked is not None and screen.shows(blocked.reason):
        BlockedPage(screen, blocked).leave()
    login_page.log_in(entry.identifier, entry.password)


def _open_unless_running(app: AppUnderTest) -> None:
    if app.pid() is None:
        app.launch()
