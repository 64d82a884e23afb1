"""Logging in, with right and wrong data."""

from pytest_bdd import given, parsers, then, when

from masuk.app import AppUnderTest
from masuk.backend import Backend
from masuk.errors import UsageError
from masuk.faults.fault import FaultBoard
from masuk.faults.network import NetworkOff
from masuk.people import People, Persona
from masuk.profile import Profile
from masuk.secrets import Secret
from pages.blocked import BlockedPage
from pages.home import HomePage
from pages.login import LoginPage

WRONG_DATA = "a message that the data is wrong"
TRIES_UNTIL_BLOCKED = 5


@when("she logs in")
def _log_in(app: AppUnderTest, member: Persona, login_page: LoginPage) -> None:
    _open_unless_running(app)
    login_page.log_in(member.identifier, member.password)


@given("she has failed to log in without a network", target_fixture="process")
def _failed_without_network(
    app: AppUnderTest, member: Persona, backend: Backend, faults: FaultBoard, login_page: LoginPage, profile: Profile
) -> int | None:
    app.launch()
    faults.inject(NetworkOff(app.device, backend.port))
    login_page.log_in(member.identifier, member.password)
    login_page.message(profile.texts.no_connection, "a message that there is no connection")
    return app.pid()


@when("she tries again without entering her number")
def _retry(member: Persona, login_page: LoginPage) -> None:
    login_page.retry(member.password)


@given("she was refused for a wrong password", target_fixture="first_message")
@when("she logs in with a wrong password", target_fixture="first_message")
def _wrong_password(app: AppUnderTest, member: Persona, people: People, login_page: LoginPage, profile: Profile) -> str:
    _open_unless_running(app)
    login_page.log_in(member.identifier, people.wrong_password(member))
    return login_page.message(profile.texts.wrong_data, WRONG_DATA)


@when("she logs in with a number that nobody has", target_fixture="second_message")
def _unknown_identifier(
    app: AppUnderTest, member: Persona, people: People, backend: Backend, login_page: LoginPage, profile: Profile
) -> str:
    app.close()  # so that the first message can't be taken for the second
    app.launch()
    login_page.log_in(people.unknown_identifier(), people.wrong_password(member))
    return login_page.message(profile.texts.wrong_data, WRONG_DATA)


@when("she enters a wrong password again and again")
def _wrong_again_and_again(
    app: AppUnderTest, member: Persona, people: People, backend: Backend, login_page: LoginPage
) -> None:
    _open_unless_running(app)
    for attempt in range(1, TRIES_UNTIL_BLOCKED + 1):
        login_page.log_in(member.identifier, people.wrong_password(member))
        backend.journal.wait_for(attempt, path="/v1/login")


@given("she has blocked her account with wrong passwords")
def _has_blocked(
    app: AppUnderTest,
    member: Persona,
    people: People,
    backend: Backend,
    login_page: LoginPage,
    blocked_page: BlockedPage,
    profile: Profile,
) -> None:
    _wrong_again_and_again(app, member, people, backend, login_page)
    blocked_page.reason(profile.texts.blocked)


@when(parsers.parse("she logs in with {kind} as her number"), target_fixture="entered")
def _wrong_kind(kind: str, app: AppUnderTest, member: Persona, people: People, login_page: LoginPage) -> Secret:
    _open_unless_running(app)
    entered = _identifier_of_kind(kind, member, people)
    login_page.log_in(entered, member.password)
    return entered


@then("with the right password she sees her card")
def _right_password(member: Persona, login_page: LoginPage, home_page: HomePage) -> None:
    login_page.retry(member.password)
    home_page.loaded()


def _identifier_of_kind(kind: str, member: Persona, people: People) -> Secret:
    if kind == "her virtual account number":
        return member.virtual_account
    if kind == "a number that is too short":
        return people.shortened_identifier(member)
    if kind == "letters":
        return people.letters()
    raise UsageError(f'"{kind}" is no kind of number that steps/login.py knows')


def _open_unless_running(app: AppUnderTest) -> None:
    if app.pid() is None:
        app.launch()
