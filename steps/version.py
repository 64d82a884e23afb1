"""The version of the app: older, updated, and refused by the service."""

from pytest_bdd import given, then, when

from masuk.automation.screen import Screen
from masuk.config.profile import Profile, named
from masuk.device.app_under_test import AppUnderTest
from masuk.faults.fault import FaultBoard
from masuk.faults.version import PreviousVersion
from pages.update import UpdatePage


@given("she has opened the app and been told")
def _opened_and_told(app: AppUnderTest, update_page: UpdatePage, profile: Profile) -> None:
    app.launch()
    update_page.message(named(profile.texts.update, "texts.update"), "a screen that demands an update")


@when("she follows the demand", target_fixture="shown_before")
def _follow(screen: Screen, update_page: UpdatePage) -> list[str]:
    before = screen.texts_at_rest()
    update_page.follow()
    return before


@when("she updates the app")
def _update(app: AppUnderTest) -> None:
    app.close()
    app.install()
    app.launch()


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


@then("the device refuses the downgrade")
def _refused(refusal: str | None) -> None:
    assert "DOWNGRADE" in (refusal or ""), f"Expected the device to refuse a downgrade; it said {refusal!r}."
