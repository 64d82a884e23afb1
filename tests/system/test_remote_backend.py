"""`masuk run --backend`: a service that is not ours to look into, with accounts from a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from masuk.backend import Backend
from masuk.people import People, Persona
from masuk.secrets import Vault
from masuk.toolchain import Toolchain
from masuk.verdict import Verdict, read
from tests.system.masuk_command import MasukCommand

OFFLINE = "No network: Without a way to the server the app says that the connection is missing [network-off]"
SAME_TEXT = "Wrong data: A wrong password and an unknown number get the same answer"


@pytest.fixture
def remote(toolchain: Toolchain) -> Iterator[Backend]:
    """A service whose memory `masuk run` has no access to: it lives in this process."""
    with Backend(toolchain.authority) as backend:
        yield backend


@pytest.fixture
def member(remote: Backend) -> Persona:
    member = People(Vault()).named("Siti Rahayu")
    remote.register(member)
    return member


@pytest.fixture
def accounts(member: Persona, tmp_path: Path) -> Path:
    path = tmp_path / "accounts.toml"
    path.write_text(
        f'[[account]]\nname = "{member.name}"\n'
        f'identifier = "{member.identifier.reveal()}"\npassword = "{member.password.reveal()}"\n'
    )
    return path


def test_what_needs_no_stub_runs_and_the_rest_is_skipped_with_its_reason(
    masuk: MasukCommand, remote: Backend, member: Persona, accounts: Path, tmp_path: Path
) -> None:
    verdicts = tmp_path / "verdicts.json"
    places = ["features/no_network.feature:5", "features/blocked_account.feature:5", "features/wrong_data.feature"]
    ended = masuk.run(
        *places, "--backend", remote.address, "--accounts", str(accounts), "--verdicts", str(verdicts), "--no-report"
    )
    assert ended.code == 0, ended.output
    found = {result.scenario: result for result in read(verdicts)}
    assert found[OFFLINE].verdict is Verdict.PASSED, ended.output
    blocked = next(result for name, result in found.items() if name.startswith("Blocked account"))
    assert blocked.verdict is Verdict.SKIPPED
    assert "needs the stub backend" in blocked.reason
    assert found[SAME_TEXT].verdict is Verdict.PASSED, ended.output
    assert any("wrong_passwords_a_day is 3" in result.reason for result in found.values()), ended.output
    assert member.password.reveal() not in ended.output
    logins = remote.journal.requests(path="/v1/login")
    wrong = [
        request for request in logins if request.status == 401 and request.json()["identifier"] in _numbers(member)
    ]
    assert len(wrong) <= 3, "more wrong passwords were sent than the file of accounts allows"


def test_a_backend_without_accounts_is_refused(masuk: MasukCommand) -> None:
    ended = masuk.run("--backend", "https://10.0.2.2:1")
    assert ended.code == 4, ended.output
    assert "Add --accounts." in ended.output


def _numbers(member: Persona) -> set[str]:
    return {member.identifier.reveal(), member.card_number.reveal()}
