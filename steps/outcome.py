"""What the member sees, and what has reached the server."""

from pytest_bdd import then

from masuk.app import AppUnderTest
from masuk.backend import Backend
from masuk.device import Device
from masuk.people import Persona
from masuk.profile import Profile
from masuk.secrets import Vault
from pages.blocked import BlockedPage
from pages.home import HomePage
from pages.login import LoginPage
from pages.update import UpdatePage


@then("she sees her card")
def _sees_card(member: Persona, home_page: HomePage) -> None:
    shown = home_page.member_name()
    assert member.name in shown, f"Expected the card of {member.name}; the screen showed that of {shown!r}."


@then("the app says that there is no connection")
def _no_connection(login_page: LoginPage, profile: Profile) -> None:
    message = login_page.message(profile.texts.no_connection, "a message that there is no connection")
    blamed = profile.texts.wrong_data.search(message)
    assert not blamed, f"Expected that nobody blames the member's data without a network; the app said {message!r}."


@then("no login has reached the server")
def _no_login(backend: Backend) -> None:
    logins = backend.journal.requests(path="/v1/login")
    assert not logins, f"Expected no login request at the server; {len(logins)} came."


@then("both logins have reached the server")
def _both_logins(backend: Backend) -> None:
    logins = backend.journal.requests(path="/v1/login")
    assert len(logins) == 2, f"Expected two login requests at the server; {len(logins)} came."


@then("both answers are the same")
def _same_answers(first_message: str, second_message: str) -> None:
    assert first_message == second_message, (
        "Expected one text for a wrong password and an unknown number; "
        f"they were {first_message!r} and {second_message!r}."
    )


@then("her number is still there")
def _number_kept(member: Persona, login_page: LoginPage) -> None:
    kept = login_page.kept_identifier()
    assert kept == member.identifier.reveal(), (
        f"Expected the field to keep {member.identifier}; it holds {len(kept)} other characters."
    )


@then("the app names the numbers that it accepts")
def _names_accepted(login_page: LoginPage, profile: Profile) -> None:
    login_page.message(profile.texts.accepted_identifiers, "a message that names the accepted kinds of number")


@then("the app says that her account is blocked and that an office unblocks it")
def _blocked(blocked_page: BlockedPage, profile: Profile) -> None:
    blocked_page.reason(profile.texts.blocked)
    blocked_page.remedy(profile.texts.visit_office)


@then("a new password and help are at hand")
def _help_at_hand(blocked_page: BlockedPage) -> None:
    blocked_page.offers_help()


@then("no further login has reached the server")
def _no_repeat(backend: Backend) -> None:
    logins = backend.journal.requests(path="/v1/login")
    refused = [request for request in logins if request.status == 403]
    assert len(refused) == 1, f"Expected one refused login and no repeat of it; the server refused {len(refused)}."


@then("the app demands an update")
def _demands_update(update_page: UpdatePage, profile: Profile) -> None:
    update_page.message(profile.texts.update, "a screen that demands an update")


@then("the app's log holds no secret")
def _log_is_clean(app: AppUnderTest, device: Device, vault: Vault) -> None:
    pid = app.pid()
    assert pid is not None, f"Expected {app.package} to run, so that its log can be read; it has no process."
    lines = device.log_of(pid).splitlines()
    assert lines, "Expected the app to have logged anything at all; its log is empty."
    leaks = [masked for line in lines if (masked := vault.mask(line)) != line]
    assert not leaks, f"Expected no password and no number in the app's log; it has: {leaks}"
