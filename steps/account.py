"""Members and their accounts."""

import re

from pytest_bdd import given, parsers, then, when

from masuk.automation.screen import Screen
from masuk.device import Device
from masuk.device.app_under_test import AppUnderTest
from masuk.faults.account import AccountBlocked
from masuk.faults.fault import FaultBoard
from masuk.faults.typed_data import UnknownIdentifier
from masuk.services.account_pool import Members
from masuk.services.backend import Backend
from masuk.services.personas import Entry, People, Persona
from pages.blocked import BlockedPage
from pages.forgot import ForgotPage
from pages.login import LoginPage


@given(parsers.parse("{name} is a member"), target_fixture="member")
def _is_a_member(name: str, members: Members, entry: Entry) -> Persona:
    persona = members.named(name)
    entry.belongs_to(persona)
    return persona


@when("the office unblocks her account")
def _office_unblocks(member: Persona, backend: Backend, faults: FaultBoard) -> None:
    faults.restore(AccountBlocked)
    backend.accounts.unblock(member.identifier.reveal())


@when("the service ends her sessions")
def _sessions_end(member: Persona, backend: Backend) -> None:
    backend.journal.wait_for(1, path="/v1/login")  # a session that a login on its way begins is one of them
    backend.accounts.end_sessions(member.identifier.reveal())


@when("she asks for a new password", target_fixture="first_message")
def _asks(app: AppUnderTest, entry: Entry, login_page: LoginPage, forgot_page: ForgotPage) -> str:
    app.launch()
    login_page.forgot_password()
    return forgot_page.ask(entry.identifier)


@when("she asks for a new password without entering her number", target_fixture="first_message")
def _asks_for_kept(login_page: LoginPage, forgot_page: ForgotPage) -> str:
    login_page.forgot_password()
    return forgot_page.ask_for_kept()


@when("she asks for a new password for a number that nobody has", target_fixture="second_message")
def _asks_for_nobody(
    entry: Entry, faults: FaultBoard, device: Device, login_page: LoginPage, forgot_page: ForgotPage
) -> str:
    device.display.press_back()  # so that the first message can't be taken for the second
    login_page.forgot_password()
    faults.inject(UnknownIdentifier)
    return forgot_page.ask(entry.identifier)


@then("the same answer is still there")
def _answer_kept(first_message: str, forgot_page: ForgotPage) -> None:
    forgot_page.message(re.compile(re.escape(first_message)), "the answer as it was before")


@then("the phone was turned")
def _was_turned(device: Device) -> None:
    assert device.display.is_landscape(), "Expected the phone to be held sideways; it is upright."


@given("she has asked for a new password and set one")
def _new_password(
    app: AppUnderTest,
    member: Persona,
    backend: Backend,
    people: People,
    entry: Entry,
    login_page: LoginPage,
    forgot_page: ForgotPage,
    device: Device,
) -> None:
    _asks(app, entry, login_page, forgot_page)
    device.display.press_back()
    password = people.new_password(member)
    backend.confirm_reset(member.identifier.reveal(), password.reveal())
    entry.password = password


@when("she logs in with the old password")
def _old_password(member: Persona, entry: Entry, login_page: LoginPage) -> None:
    login_page.log_in(entry.identifier, member.password)


@when("she goes back and logs in")
def _back_and_in(entry: Entry, device: Device, login_page: LoginPage) -> None:
    device.display.press_back()
    login_page.log_in(entry.identifier, entry.password)


@when("she logs in with the new password")
def _with_new_password(entry: Entry, login_page: LoginPage) -> None:
    login_page.retry(entry.password)


@when("she calls for help", target_fixture="shown_before")
def _calls_for_help(screen: Screen, blocked_page: BlockedPage) -> list[str]:
    before = screen.texts_at_rest()
    blocked_page.call_for_help()
    return before


@when("she comes back and goes on to a new password")
def _on_to_new_password(device: Device, screen: Screen, blocked_page: BlockedPage) -> None:
    if not screen.shows(blocked_page.at.reason):  # another app is in front
        device.display.press_back()
    blocked_page.forgot_password()


@then("she can ask for a new password")
def _can_ask(forgot_page: ForgotPage) -> None:
    forgot_page.loaded()
