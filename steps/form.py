"""The form itself: what it shows of what is typed, and whether fingers can use it."""

from pytest_bdd import given, then, when

from masuk.automation.screen import Screen
from masuk.device import Device
from masuk.device.app_under_test import AppUnderTest
from masuk.faults.fault import FaultBoard
from masuk.faults.typed_data import CardNumber, LongPassword, SpacesAround
from masuk.gherkin.check_limits import LOWEST_CONTRAST, SMALLEST_TARGET_DP
from masuk.services.personas import Entry
from pages.login import LoginPage

DP_PER_INCH = 160


@given("she types her card number")
def _card_number(faults: FaultBoard) -> None:
    faults.inject(CardNumber)


@given("her password is long and has spaces")
def _long_password(faults: FaultBoard) -> None:
    faults.inject(LongPassword)


@given("she types spaces around her number")
def _spaces(faults: FaultBoard) -> None:
    faults.inject(SpacesAround)


@when("she fills in the form")
def _fill(app: AppUnderTest, entry: Entry, login_page: LoginPage) -> None:
    app.launch()
    login_page.fill(entry.identifier, entry.password)


@when("she pastes her password and logs in")
def _paste(app: AppUnderTest, entry: Entry, login_page: LoginPage) -> None:
    app.launch()
    login_page.paste(entry.identifier, entry.password)


@then("her password is hidden")
def _hidden(login_page: LoginPage) -> None:
    assert login_page.hides_password(), "Expected dots in the place of the password; it is shown."


@when("she asks to see it")
def _reveal(login_page: LoginPage) -> None:
    login_page.reveal_password()


@then("her password is shown")
def _shown(screen: Screen, login_page: LoginPage) -> None:
    screen.expect_that(lambda: not login_page.hides_password(), "the password to be shown when she asks for it")


@then("everything that she may touch is large enough for a finger")
def _large_enough(app: AppUnderTest, device: Device, screen: Screen) -> None:
    found = screen.touchable(app.package)
    assert found, f"Expected something to touch. {screen.summary()}"
    per_dp = device.display.density() / DP_PER_INCH
    small = {
        name: f"{width / per_dp:.0f} x {height / per_dp:.0f} dp"
        for name, (width, height) in found.items()
        if min(width, height) < SMALLEST_TARGET_DP * per_dp
    }
    assert not small, f"Expected at least {SMALLEST_TARGET_DP} dp in width and height; smaller are {small}."


@then("its colours are far enough apart to be read")
def _readable(login_page: LoginPage) -> None:
    contrast = login_page.readable()
    assert contrast >= LOWEST_CONTRAST, (
        f"Expected the message to have a contrast of at least {LOWEST_CONTRAST} to 1; it has {contrast:.2f} to 1."
    )
