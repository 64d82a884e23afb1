"""The app on the device: its data, its versions, its process."""

from collections.abc import Sequence

from pytest_bdd import given, then, when

from masuk.automation.screen import Screen
from masuk.base.errors import NotMeasured, UsageError
from masuk.base.polling import Punctuality, punctuality
from masuk.config.profile import Locator, Profile, named
from masuk.device import Device
from masuk.device.app_under_test import AppUnderTest
from masuk.faults.fault import FaultBoard
from masuk.faults.state import StoredFile
from masuk.faults.version import PreviousVersion, VersionTooOld
from masuk.gherkin.check_limits import FIRST_SCREEN_SECONDS
from masuk.services.backend import Backend
from masuk.services.personas import Entry, Persona
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


@when("she opens the app anew")
def _open_anew(app: AppUnderTest) -> None:
    app.close()
    app.launch()


@when("she opens the app anew, which asks about its version in vain")
def _open_anew_in_vain(app: AppUnderTest, backend: Backend) -> None:
    asked = len(backend.journal.requests(path="/v1/app-version"))
    _open_anew(app)
    backend.journal.wait_for(asked + 1, path="/v1/app-version")


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


@given("the server demands a newer version")
def _newer_demanded(faults: FaultBoard) -> None:
    faults.inject(VersionTooOld)


@given("she has opened the app and been told")
def _opened_and_told(app: AppUnderTest, update_page: UpdatePage, profile: Profile) -> None:
    app.launch()
    update_page.message(named(profile.texts.update, "texts.update"), "a screen that demands an update")


@when("she clears the app's data")
def _clear_data(app: AppUnderTest) -> None:
    app.clear_data()


@when("she clears the app's cache")
def _clear_cache(app: AppUnderTest) -> None:
    app.clear_cache()


@given("she has reinstalled the app")
@when("she reinstalls the app")
def _reinstall(app: AppUnderTest) -> None:
    app.reinstall()


@when("she updates the app")
def _update(app: AppUnderTest) -> None:
    app.close()
    app.install()
    app.launch()


@when("she follows the demand", target_fixture="shown_before")
def _follow(screen: Screen, update_page: UpdatePage) -> list[str]:
    before = screen.texts_at_rest()
    update_page.follow()
    return before


@then("that has an effect")
def _has_effect(screen: Screen, shown_before: list[str]) -> None:
    screen.expect_that(lambda: screen.texts() != shown_before, "another screen, another app, or a message")


@when("she logs out")
def _log_out(home_page: HomePage) -> None:
    home_page.log_out()


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


@then("the app has put right what was damaged")
def _put_right(app: AppUnderTest, faults: FaultBoard) -> None:
    damaged = faults.last(StoredFile)
    assert app.read_file(damaged.path) != damaged.left, (
        f"Expected {app.package} to write {damaged.path} anew; it has left it as it was."
    )


@given("she has cleared the app's cache in vain")
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


@then("nothing of her is left in the app's files")
def _nothing_left(app: AppUnderTest, member: Persona) -> None:
    app.close()
    found = [path for path, content in app.files().items() if member.name.encode() in content]
    assert not found, f"Expected nothing of {member.name} in the app's files; found in {found}"


@then("the app is newer than before")
def _newer(app: AppUnderTest, faults: FaultBoard) -> None:
    before, now = faults.last(PreviousVersion).version, app.version_code()
    assert now is not None, f"Expected {app.package} to be installed; it is not."
    assert now > (before or 0), f"Expected a newer version than {before}; installed is {now}."


@then("the app is the one from before")
def _same_version(app: AppUnderTest, faults: FaultBoard) -> None:
    before, now = faults.last(PreviousVersion).version, app.version_code()
    assert app.is_previous(), f"Expected version {before} still to be installed; installed is {now}."


@when("somebody tries to install the previous version over it", target_fixture="refusal")
def _downgrade(app: AppUnderTest) -> str | None:
    return app.try_downgrade()


@when("another app tries to open her card", target_fixture="refusal")
def _open_inside(app: AppUnderTest) -> str:
    return app.try_to_open_inside()


@then("the device refuses it")
def _not_exported(refusal: str) -> None:
    assert "Permission Denial" in refusal, f"Expected the device to refuse to open it; it said {refusal!r}."


@then("the device refuses the downgrade")
def _refused(refusal: str | None) -> None:
    assert "DOWNGRADE" in (refusal or ""), f"Expected the device to refuse a downgrade; it said {refusal!r}."


def _resumed(app: AppUnderTest, stub: Backend | None, screen: Screen, home_page: HomePage) -> bool:
    """Whether the app, opened last, goes on with a stored session: the stub knows before the screen shows it."""
    if stub is None:
        return screen.shows(home_page.at.member_name)
    asked = stub.journal.requests(path="/v1/profile")
    return any(request.status == 200 for request in asked if app.opened is None or request.came >= app.opened.earliest)


def _first_screen_came(app: AppUnderTest, screen: Screen, first: Sequence[Locator]) -> Punctuality:
    if app.opened is None:
        raise UsageError("The first screen is waited for, and no step before has opened the app.")
    if app.displayed > FIRST_SCREEN_SECONDS:  # Android's own measure, until the first frame
        return Punctuality.LATE
    return punctuality(lambda: any(screen.shows(sign) for sign in first), app.opened, FIRST_SCREEN_SECONDS)
