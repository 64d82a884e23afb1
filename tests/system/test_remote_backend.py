"""`masuk run --backend`: a service that is not ours to look into, with accounts from a file."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from masuk.automation.run_processes import Stack
from masuk.base.toml_model import as_toml
from masuk.results.verdict import Verdict, read
from masuk.secrets.vault import Secret, Vault
from masuk.services.backend import Backend
from masuk.services.personas import People, Persona
from masuk.toolchain.installer import set_up_interception
from masuk.toolchain.tools import Toolchain
from tests.scenarios import BLOCKED, NO_CONNECTION
from tests.system.liars import Starts
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
        # The device of these tests sees another account in each of them.
        "accounts_per_device = 99\n"
        f'[[account]]\nname = "{member.name}"\n'
        f"identifier = {as_toml(member.identifier.reveal())}\npassword = {as_toml(member.password.reveal())}\n"
    )
    return path


def test_what_needs_no_stub_runs_and_the_rest_is_skipped_with_its_reason(
    masuk: MasukCommand, remote: Backend, member: Persona, accounts: Path, tmp_path: Path
) -> None:
    verdicts = tmp_path / "verdicts.json"
    places = [NO_CONNECTION, BLOCKED, "features/wrong_data.feature"]
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


@pytest.fixture
def intercepting(toolchain: Toolchain, tmp_path: Path) -> Path:
    """Key and certificate of the authority that the reference app trusts."""
    made = Toolchain.default()
    set_up_interception(made)
    if not (toolchain.root / "mitmproxy").exists():
        (toolchain.root / "mitmproxy").symlink_to(made.root / "mitmproxy")
    path = tmp_path / "authority.pem"
    path.write_text("".join((toolchain.authority / name).read_text() for name in ("ca.key.pem", "ca.pem")))
    return path


def test_a_service_that_is_not_ours_is_broken_by_intercepting_it(
    masuk: MasukCommand, remote: Backend, accounts: Path, intercepting: Path, tmp_path: Path
) -> None:
    verdicts = tmp_path / "verdicts.json"
    names = "(malformed_success and (server-html or server-empty)) or ends_in_the_middle"
    words = ["-k", names, "--backend", remote.address, "--accounts", str(accounts), "--verdicts", str(verdicts)]
    ended = masuk.run(*words, "--intercept", str(intercepting), "--no-report")
    found = {result.scenario: result.verdict for result in read(verdicts)}
    assert len(found) == 3, ended.output
    assert set(found.values()) == {Verdict.PASSED}, ended.output
    assert ended.code == 0


def test_without_interception_the_same_is_skipped_with_its_reason(
    masuk: MasukCommand, remote: Backend, accounts: Path, tmp_path: Path
) -> None:
    words = ["-k", "server-html", "--backend", remote.address, "--accounts", str(accounts)]
    ended = masuk.run(*words, "--no-report")
    assert ended.code == 5, ended.output
    assert "can't be broken without --intercept" in ended.output


def test_an_app_that_does_not_trust_the_authority_proves_nothing(
    masuk: MasukCommand, remote: Backend, accounts: Path, intercepting: Path, tmp_path: Path
) -> None:
    stranger = tmp_path / "stranger.pem"
    authority = trustme.CA(organization_name="nobody's authority")
    stranger.write_bytes(authority.private_key_pem.bytes() + authority.cert_pem.bytes())
    words = ["-k", "server-html", "--backend", remote.address, "--accounts", str(accounts)]
    ended = masuk.run(*words, "--intercept", str(stranger), "--no-report")
    assert ended.code == 3, ended.output
    assert "the app does not trust the interceptor's authority" in ended.output


def test_a_file_that_is_no_authority_is_refused(
    masuk: MasukCommand, remote: Backend, accounts: Path, tmp_path: Path
) -> None:
    nothing = tmp_path / "nothing.pem"
    nothing.write_text("nothing")
    words = ["--backend", remote.address, "--accounts", str(accounts), "--intercept", str(nothing)]
    ended = masuk.run(*words)
    assert ended.code == 4, ended.output
    assert "holds no private key and no certificate" in ended.output


def test_an_app_that_ignores_the_proxy_is_not_accused(
    liar: Starts, stack: Stack, remote: Backend, accounts: Path, intercepting: Path, tmp_path: Path
) -> None:
    """Neither by the link nor by the interceptor, which both see the harness's own requests."""
    options = ("--backend", remote.address, "--accounts", str(accounts), "--intercept", str(intercepting))
    scenarios = "wifi_that_leads or (malformed_success and server-html) or ends_in_the_middle"
    found = liar("proxy").verdicts(stack, tmp_path, scenarios, options=options)
    assert {verdict for verdict, _ in found.values()} == {Verdict.NOT_PROVEN}, found
    assert len(found) == 3, found
    assert all("he app did not use the proxy" in reason for _, reason in found.values()), found


def test_no_name_fails_where_the_service_has_an_address(masuk: MasukCommand, remote: Backend, accounts: Path) -> None:
    words = ["-k", "names-not-resolved", "--backend", remote.address, "--accounts", str(accounts)]
    ended = masuk.run(*words, "--no-report")
    assert ended.code == 5, ended.output
    assert "the backend is given as 10.0.2.2, an address that needs no name server" in ended.output


@pytest.mark.parametrize("password", ["1234", "password"])
def test_an_account_with_a_weak_password_is_no_false_leak(
    masuk: MasukCommand, stack: Stack, remote: Backend, member: Persona, password: str, tmp_path: Path
) -> None:
    remote.register(replace(member, password=Secret(password, "password")))
    accounts = tmp_path / "accounts.toml"
    numbers = f'identifier = "{member.identifier.reveal()}"\npassword = "{password}"\n'
    accounts.write_text(f'accounts_per_device = 99\n[[account]]\nname = "{member.name}"\n{numbers}')
    words = ["features/login.feature", "--backend", remote.address, "--accounts", str(accounts), "--trace", "on"]
    ended = masuk.run(*words, "--appium-url", stack.ready_appium())
    assert ended.code == 0, ended.output
    assert password in [request.json().get("password") for request in remote.journal.requests(path="/v1/login")]
    traces = [path.read_text() for path in (masuk.toolchain.root / "results").glob("*.txt")]
    assert any("replaceElementValue" in text for text in traces)
    assert not any(f"'text': '{password}'" in text for text in traces)
