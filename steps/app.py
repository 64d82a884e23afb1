"""The app on the device: its data, its versions, its process."""

from pytest_bdd import given, parsers, then, when

from masuk.app import AppUnderTest
from masuk.backend import Backend
from masuk.device import Device
from masuk.errors import UsageError
from masuk.faults.fault import FaultBoard
from masuk.faults.state import CorruptFile
from masuk.faults.version import VersionTooOld
from masuk.people import Persona
from masuk.profile import Profile
from masuk.screen import Screen
from pages.home import HomePage
from pages.login import LoginPage
from pages.update import UpdatePage


@when("she opens the app")
def _open(app: AppUnderTest) -> None:
    app.launch()


@given("she has been logged in before")
def _logged_in_before(app: AppUnderTest, member: Persona, login_page: LoginPage, home_page: HomePage) -> None:
    app.launch()
    login_page.log_in(member.identifier, member.password)
    home_page.loaded()
    app.close()


@given("she has been logged in with the previous version")
def _logged_in_with_previous(app: AppUnderTest, member: Persona, login_page: LoginPage, home_page: HomePage) -> None:
    app.install_previous()
    _logged_in_before(app, member, login_page, home_page)


@given("she has the previous version of the app")
def _previous_version(app: AppUnderTest) -> None:
    app.install_previous()


@given("the server demands the newest version")
def _newest_demanded(app: AppUnderTest, backend: Backend, faults: FaultBoard) -> None:
    installed = app.device.version_code(app.package) or 0
    faults.inject(VersionTooOld(app, backend, installed + 1))


@given(parsers.parse('the app\'s "{what}" is corrupt'))
def _corrupt(what: str, app: AppUnderTest, profile: Profile, faults: FaultBoard) -> None:
    faults.inject(CorruptFile(app, _stored(profile, what)))


@when("she clears the app's data")
def _clear_data(app: AppUnderTest) -> None:
    app.clear_data()


@given("she has reinstalled the app")
@when("she reinstalls the app")
def _reinstall(app: AppUnderTest) -> None:
    app.reinstall()


@when("the app demands an update and she makes it")
def _told_and_updates(app: AppUnderTest, update_page: UpdatePage, profile: Profile) -> None:
    app.launch()
    update_page.message(profile.texts.update, "a screen that demands an update")
    app.close()
    app.install()
    app.launch()


@when("she presses Back and opens the app again")
def _back_and_reopen(app: AppUnderTest, device: Device) -> None:
    device.press_back()
    app.launch()


@then("the app was not relaunched")
def _same_process(app: AppUnderTest, process: int | None) -> None:
    now = app.pid()
    assert now == process, (
        f"Expected the app to run on in process {process}; it is {now}: it died and was started anew."
    )


@then("the app has not crashed")
def _no_crash(app: AppUnderTest, device: Device) -> None:
    crashes = [line for line in device.log().splitlines() if "FATAL EXCEPTION" in line]
    assert not crashes, f"Expected no crash; the device's log has: {crashes}"
    assert app.pid() is not None, f"Expected {app.package} to run; it has no process."


@then("she can log in, unless she still is")
def _can_use(member: Persona, screen: Screen, login_page: LoginPage, home_page: HomePage) -> None:
    if not _either(screen, login_page, home_page):
        login_page.log_in(member.identifier, member.password)
    home_page.loaded()


def _either(screen: Screen, login_page: LoginPage, home_page: HomePage) -> bool:
    """Wait for the login screen or the card; whether it is the card."""
    screen.expect_any([login_page.at.submit, home_page.at.member_name], "the login screen or the member's card")
    return screen.shows(home_page.at.member_name)


def _stored(profile: Profile, what: str) -> str:
    known = profile.storage.model_dump()
    if what not in known:
        raise UsageError(f'The profile has no storage "{what}"; it has {", ".join(known)}.')
    return str(known[what])
