"""Failures, blocks and sessions of accounts."""

import pytest

from masuk.services.backend.accounts import Accounts, Admitted, BlockPolicy, Refusal, Refused

RIGHT, WRONG = "right-password", "wrong-password"
NUMBER, CARD, NOBODY = "0012345678901234", "0001234567890", "0099999999999999"


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(clock: Clock) -> Accounts:
    accounts = Accounts(clock=clock)
    accounts.add(NUMBER, RIGHT, "Rini", CARD)
    return accounts


def fail(accounts: Accounts, identifier: str, times: int) -> Admitted | Refused:
    for _ in range(times - 1):
        assert accounts.log_in(identifier, WRONG) == Refused(Refusal.WRONG)
    return accounts.log_in(identifier, WRONG)


@pytest.mark.parametrize("identifier", [NUMBER, CARD])
def test_a_member_may_use_either_number(accounts: Accounts, identifier: str) -> None:
    outcome = accounts.log_in(identifier, RIGHT)
    assert isinstance(outcome, Admitted)
    assert outcome.member.name == "Rini"
    assert accounts.member_of(outcome.token) == outcome.member


@pytest.mark.parametrize("identifier", [NUMBER, NOBODY])
def test_an_invented_identifier_is_blocked_like_a_real_one(accounts: Accounts, identifier: str) -> None:
    assert fail(accounts, identifier, 5) == Refused(Refusal.BLOCKED)
    assert accounts.is_blocked(identifier)


def test_the_block_holds_against_the_right_password_until_the_office_lifts_it(accounts: Accounts) -> None:
    fail(accounts, NUMBER, 5)
    assert accounts.log_in(NUMBER, RIGHT) == Refused(Refusal.BLOCKED)
    accounts.unblock(NUMBER)
    assert isinstance(accounts.log_in(NUMBER, RIGHT), Admitted)


def test_a_correct_login_resets_the_count(accounts: Accounts) -> None:
    fail(accounts, NUMBER, 4)
    accounts.log_in(NUMBER, RIGHT)
    assert fail(accounts, NUMBER, 4) == Refused(Refusal.WRONG)


def test_a_temporary_block_ends_by_itself(clock: Clock) -> None:
    accounts = Accounts(BlockPolicy(failures=3, seconds=180), clock)
    accounts.add(NUMBER, RIGHT, "Rini", CARD)
    refused = fail(accounts, NUMBER, 3)
    assert refused == Refused(Refusal.WAIT, 181)
    clock.now += 181
    assert isinstance(accounts.log_in(NUMBER, RIGHT), Admitted)


def test_a_new_login_ends_the_other_session(accounts: Accounts) -> None:
    first = accounts.log_in(NUMBER, RIGHT)
    second = accounts.log_in(NUMBER, RIGHT)
    assert isinstance(first, Admitted)
    assert isinstance(second, Admitted)
    assert accounts.member_of(first.token) is None
    assert accounts.member_of(second.token) is not None


def test_an_ended_session_is_nobodys(accounts: Accounts) -> None:
    admitted = accounts.log_in(NUMBER, RIGHT)
    assert isinstance(admitted, Admitted)
    accounts.end_sessions(NUMBER)
    assert accounts.member_of(admitted.token) is None


@pytest.mark.parametrize("identifier", [NUMBER, CARD])
def test_a_corrected_name_is_that_of_a_living_session_too(accounts: Accounts, identifier: str) -> None:
    admitted = accounts.log_in(NUMBER, RIGHT)
    assert isinstance(admitted, Admitted)
    accounts.rename(identifier, "Rini Astuti")
    member = accounts.member_of(admitted.token)
    assert member is not None
    assert (member.name, member.card_number) == ("Rini Astuti", CARD)
