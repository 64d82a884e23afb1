"""Real test accounts: leased one scenario at a time, and never brought near a block."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from masuk.base.errors import NotReached, NotServed, UsageError
from masuk.config.accounts import load
from masuk.secrets.vault import Vault
from masuk.services.account_pool import Leased

ACCOUNT = """
[[account]]
name = "{name}"
identifier = "{identifier}"
password = "$RAHASIA"
"""
RAHASIA = {"RAHASIA": "sangat-rahasia"}


def file_of(folder: Path, *names: str, head: str = "") -> Path:
    path = folder / "accounts.toml"
    accounts = (
        ACCOUNT.format(name=name, identifier=f"00{number:014}") for number, name in enumerate(names or ["Siti", "Budi"])
    )
    path.write_text(head + "".join(accounts))
    return path


Lend = Callable[..., Leased]


@pytest.fixture
def lend(tmp_path: Path) -> Iterator[Lend]:
    """Makes the members of a scenario; what they hold is given back at the end."""
    with ExitStack() as held:

        def members(*names: str, head: str = "", device: str = "emulator-5554") -> Leased:
            accounts = load(file_of(tmp_path, *names, head=head), RAHASIA)
            leased = Leased(accounts, tmp_path / "leases", device, Vault(), wait=0.2)
            held.callback(leased.release)
            return leased

        yield members


def test_a_name_keeps_its_account_and_two_names_have_two(lend: Lend) -> None:
    members = lend()
    rini, tono = members.named("Rini"), members.named("Tono")
    assert members.named("Rini") is rini
    assert {rini.name, tono.name} == {"Siti", "Budi"}
    assert rini.password.reveal() == "sangat-rahasia"


def test_no_account_is_in_two_scenarios_at_once(lend: Lend) -> None:
    first, second = lend("Siti"), lend("Siti")
    first.named("Rini")
    with pytest.raises(NotReached, match="add accounts, or run on fewer devices"):
        second.named("Rini")
    first.release()
    assert second.named("Rini").name == "Siti"


def test_a_scenario_that_needs_more_accounts_than_there_are_is_skipped(lend: Lend) -> None:
    members = lend("Siti")
    members.named("Rini")
    with pytest.raises(NotServed, match="Tono needs an account of their own"):
        members.named("Tono")


def test_wrong_passwords_stop_before_the_service_would_block(lend: Lend) -> None:
    for _ in range(2):  # the count outlives the scenario
        members = lend("Siti", head="wrong_passwords_a_day = 2\n")
        members.about_to_fail(members.named("Rini"))
        members.release()
    members = lend("Siti", head="wrong_passwords_a_day = 2\n")
    with pytest.raises(NotServed, match="2 wrong passwords were sent for the account of Siti in 24 hours"):
        members.about_to_fail(members.named("Rini"))


def test_what_was_sent_more_than_a_day_ago_is_forgiven(lend: Lend, tmp_path: Path) -> None:
    members = lend("Siti", head="wrong_passwords_a_day = 1\n")
    rini = members.named("Rini")
    (record,) = (tmp_path / "leases").glob("account-*")
    record.write_text(json.dumps([(datetime.now(UTC) - timedelta(hours=25)).isoformat()]))
    members.about_to_fail(rini)
    with pytest.raises(NotServed):
        members.about_to_fail(rini)


def test_a_device_sees_few_accounts_and_those_it_knows_first(lend: Lend) -> None:
    head = "accounts_per_device = 1\n"
    first = lend("Siti", "Budi", head=head)
    known = first.named("Rini").name
    with pytest.raises(NotServed, match="no other account is left for emulator-5554"):
        first.named("Tono")
    first.release()
    assert lend("Siti", "Budi", head=head).named("Tono").name == known
    assert lend("Siti", "Budi", head=head, device="R58M").named("Rini").name == "Budi"


def test_what_the_account_lacks_is_named(lend: Lend) -> None:
    member = lend().named("Rini")
    with pytest.raises(NotServed, match="has no card number; add it"):
        _ = member.card_number


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "account: .*add it"),
        ('[[account]]\nname = "A"\nidentifier = ""\npassword = "lang genug"', "identifier: is empty"),
        ('[[account]]\nname = "A"\nidentifier = 12\npassword = "lang genug"', "identifier: is no text"),
        ('[[account]]\nname = "A"\nidentifier = "12"\npassword = "lang genug"\npin = "34"', "pin"),
        (ACCOUNT.format(name="A", identifier="0" * 16), "the environment variable RAHASIA is not set"),
    ],
)
def test_a_wrong_file_is_explained_without_its_values(content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "accounts.toml"
    path.write_text(content)
    with pytest.raises(UsageError, match=message) as complaint:
        load(path, {})
    assert "lang genug" not in str(complaint.value)


def test_short_identifiers_and_pins_are_usable(tmp_path: Path) -> None:
    path = tmp_path / "accounts.toml"
    path.write_text('[[account]]\nname = "A"\nidentifier = "user"\npassword = "1234"\n')
    [account] = load(path, {}).account
    assert (account.identifier.reveal(), account.password.reveal()) == ("user", "1234")


def test_nothing_that_prints_an_account_shows_its_values(tmp_path: Path) -> None:
    path = tmp_path / "accounts.toml"
    path.write_text('[[account]]\nname = "A"\nidentifier = "rini17"\npassword = "sangat-rahasia"\n')
    accounts = load(path, {})
    for shown in (str(accounts), repr(accounts), repr(accounts.account[0]), f"{accounts.model_dump()}"):
        assert "rini17" not in shown
        assert "sangat-rahasia" not in shown


@pytest.mark.parametrize(("written", "meant"), [("$$RAHASIA", "$RAHASIA"), ("$$", "$"), ("a$RAHASIA", "a$RAHASIA")])
def test_a_password_may_begin_with_a_dollar_sign(written: str, meant: str, tmp_path: Path) -> None:
    path = tmp_path / "accounts.toml"
    path.write_text(f'[[account]]\nname = "A"\nidentifier = "user"\npassword = "{written}"\n')
    assert load(path, RAHASIA).account[0].password.reveal() == meant
