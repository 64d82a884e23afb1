"""Members and their accounts."""

from pytest_bdd import given, parsers, when

from masuk.app import AppUnderTest
from masuk.backend import Backend
from masuk.faults.account import AccountBlocked
from masuk.faults.fault import FaultBoard
from masuk.people import People, Persona


@given(parsers.parse("{name} is a member"), target_fixture="member")
def _is_a_member(name: str, people: People, backend: Backend, app: AppUnderTest) -> Persona:
    persona = people.named(name)
    backend.accounts.add(
        identifier=persona.identifier.reveal(),
        password=persona.password.reveal(),
        name=persona.name,
        card_number=persona.card_number.reveal(),
        status=persona.status,
    )
    return persona


@given("her account is blocked")
def _account_is_blocked(member: Persona, backend: Backend, faults: FaultBoard) -> None:
    faults.inject(AccountBlocked(backend, member))


@when("the office unblocks her account")
def _office_unblocks(member: Persona, backend: Backend) -> None:
    backend.accounts.unblock(member.identifier.reveal())


@given("the server has ended her session")
def _session_ended(member: Persona, backend: Backend) -> None:
    backend.accounts.end_sessions(member.identifier.reveal())
