"""Her card, once she is logged in."""

import math
from dataclasses import replace

from pytest_bdd import given, parsers, then, when

from masuk.automation.screen import Screen
from masuk.faults.fault import FaultBoard
from masuk.services.backend import Backend
from masuk.services.personas import Persona
from pages.home import HomePage
from pages.login import LoginPage

CARD = "/v1/profile"
QUIET_SECONDS = 1.0
"""So long a card that has been sent may take to be shown."""
CORRECTED = "Rini Astuti"


@given("the office has corrected her name", target_fixture="member")
def _corrected(member: Persona, backend: Backend) -> Persona:
    backend.accounts.rename(member.identifier.reveal(), CORRECTED)
    return replace(member, name=CORRECTED)


@when("she refreshes her card")
def _refresh(home_page: HomePage) -> None:
    home_page.refresh()


@when("she logs out while her card is under way")
def _leaves_early(backend: Backend, home_page: HomePage) -> None:
    home_page.refresh()
    backend.journal.wait_for(1, path=CARD, answered=False)
    home_page.log_out()


@then("her card was not there before she logged out")
def _not_there(backend: Backend) -> None:
    asked = backend.journal.requests(path=CARD)
    assert [request for request in asked if request.troubled], "Expected the card to be under way for a while; it came."


@then("the card that comes late logs nobody in")
def _nobody_comes_in(backend: Backend, screen: Screen, login_page: LoginPage, home_page: HomePage) -> None:
    backend.journal.wait_for(1, path=CARD)
    login_page.loaded()
    came = screen.comes_within(home_page.at.member_name, QUIET_SECONDS)
    assert not came, f"Expected a late card to log nobody in; it has. {screen.summary()}"


@then("her card shows the corrected name")
def _shows_corrected(member: Persona, home_page: HomePage) -> None:
    home_page.shows_name(member.name)


@then("her card is fresh again")
def _fresh(home_page: HomePage) -> None:
    home_page.no_note()


@then(parsers.parse("her card shows for {seconds:d} seconds that it is being asked for"))
def _loading(seconds: int, home_page: HomePage, faults: FaultBoard) -> None:
    answered = faults.lateness or math.inf
    home_page.busy(void_after=answered)
    home_page.stays_busy(seconds, void_after=answered)


@then("the server has ended her session")
def _session_ended(member: Persona, backend: Backend, screen: Screen) -> None:
    number = member.identifier.reveal()
    screen.expect_that(lambda: backend.accounts.token_of(number) is None, "the server to have ended her session")
