"""What has reached the server, and what it owes."""

from pytest_bdd import parsers, then

from masuk.automation.screen import Screen
from masuk.device import Device
from masuk.services.backend import Backend
from masuk.services.backend.journal import Request
from masuk.services.network_proxy import Link
from masuk.services.personas import Entry, Persona

FEW_READS = 3
READING_SECONDS = 2
QUIET_SECONDS = 0.5


@then("the server still owes an answer")
def _owes(backend: Backend, screen: Screen) -> None:
    def owed() -> bool:
        return any(request.troubled and request.status is None for request in backend.journal.requests())

    screen.expect_that(owed, "a request that the server leaves without an answer")


@then("no login has reached the server")
def _no_login(backend: Backend) -> None:
    logins = backend.journal.requests(path="/v1/login")
    assert not logins, f"Expected no login request at the server; {len(logins)} came."


@then(parsers.parse("exactly one login has reached the server"))
def _one_login(backend: Backend) -> None:
    _expect_logins(backend, 1)


@then("her login was still unanswered when that happened")
def _under_way(backend: Backend) -> None:
    logins = backend.journal.requests(path="/v1/login")
    at_once = [request for request in logins if not request.troubled]
    assert logins, "Expected a login to be under way; none has reached the server."
    assert not at_once, f"Expected each login to be under way for a while; {len(at_once)} were answered at once."


@then(parsers.parse("exactly {count:d} logins have reached the server"))
def _some_logins(count: int, backend: Backend) -> None:
    _expect_logins(backend, count)


@then(parsers.parse("the password has arrived with its spaces, all {count:d} characters"))
def _password_arrived(count: int, entry: Entry, backend: Backend) -> None:
    arrived = str(_login(backend).json().get("password"))
    assert (arrived, len(arrived)) == (entry.password.reveal(), count), (
        f"Expected {count} characters to arrive as typed; {len(arrived)} arrived."
    )


@then("her number has arrived without the spaces that she typed")
def _number_arrived(entry: Entry, backend: Backend) -> None:
    typed, arrived = entry.identifier.reveal(), _login(backend).json().get("identifier")
    assert arrived != typed, "Expected the app to leave spaces out; none were typed, or they have arrived."
    assert arrived == typed.strip(), f"Expected {entry.member.identifier} to arrive; something else did."


@then("her card number has arrived")
def _card_number_arrived(member: Persona, backend: Backend) -> None:
    arrived = _login(backend).json().get("identifier")
    assert arrived == member.card_number.reveal(), f"Expected {member.card_number} to arrive; another number did."


@then("no wish for a new password has reached the server")
def _no_reset(backend: Backend) -> None:
    wishes = backend.journal.requests(path="/v1/password-reset")
    assert not wishes, f"Expected no request for a new password at the server; {len(wishes)} came."


@then("no logout has reached the server")
def _no_logout(backend: Backend) -> None:
    assert not backend.journal.requests(path="/v1/logout"), "Expected no logout at the server; one came."


@then("no further login is sent")
def _sent_nothing(logins_before: int, backend: Backend) -> None:
    more = backend.journal.more_than(logins_before, path="/v1/login", within=QUIET_SECONDS)
    assert not more, "Expected the app to keep the wait that the server has asked for; it has sent another login."


@then("her card was asked for once")
def _card_once(backend: Backend) -> None:
    backend.journal.more_than(1, path="/v1/profile", within=QUIET_SECONDS)
    asked = backend.journal.requests(path="/v1/profile")
    assert len(asked) == 1, f"Expected one request for the card; {len(asked)} came."


@then("her card was asked for few times")
def _card_few_times(backend: Backend) -> None:
    more = backend.journal.more_than(FEW_READS, path="/v1/profile", within=READING_SECONDS)
    assert not more, f"Expected at most {FEW_READS} requests for the card in {READING_SECONDS} seconds; more came."


@then("the login went over mobile data")
def _over_mobile(device: Device, backend: Backend) -> None:
    transport = device.network.transport()
    assert transport == "CELLULAR", f"Expected the login to go over mobile data; the device uses {transport}."
    _expect_logins(backend, 1)


@then("the login went over the bad link")
def _over_link(link: Link, backend: Backend) -> None:
    _expect_logins(backend, 1)
    assert link.carried.sent > 0, "Expected the login to go over the bad link; nothing went over it."


@then("the server has refused her before")
def _refused_before(backend: Backend) -> None:
    refused = [request for request in backend.journal.requests(path="/v1/login") if request.status in {401, 403}]
    assert refused, "Expected the server to have refused a login; it has refused none."


@then("exactly one reset message was sent, to her")
def _only_she(member: Persona, backend: Backend) -> None:
    sent = backend.sent_resets()
    assert sent == [member.identifier.reveal()], f"Expected one message, to {member.name}; {len(sent)} were sent."


@then("the server has reported the block exactly once")
def _no_repeat(backend: Backend) -> None:
    logins = backend.journal.requests(path="/v1/login")
    refused = [request for request in logins if request.status in {403, 423}]
    assert len(refused) == 1, f"Expected one refused login and no repeat of it; the server refused {len(refused)}."


def _login(backend: Backend) -> Request:
    _expect_logins(backend, 1)
    return backend.journal.requests(path="/v1/login")[0]


def _expect_logins(backend: Backend, count: int) -> None:
    logins = backend.journal.requests(path="/v1/login")
    assert len(logins) == count, f"Expected {count} login requests at the server; {len(logins)} came."
