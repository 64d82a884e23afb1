"""Every fault that acts on the service or on what is typed: proven when it took, and only then."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.responses import Response
from typing_extensions import override

from masuk.base.errors import FaultNotProven
from masuk.faults.bench import Bench, Need
from masuk.faults.catalogue import FAULTS
from masuk.faults.fault import Fault
from masuk.faults.server.delivery import SILENCE_SECONDS
from masuk.secrets.vault import Secret
from masuk.services.backend import Backend
from masuk.services.backend.accounts import Accounts
from masuk.services.backend.login_api import Service
from masuk.services.backend.trouble import Ordinary, Says
from masuk.services.personas import Entry

OF_THE_STUB = sorted(name for name, kind in FAULTS.items() if kind.needs <= {Need.STUB, Need.TROUBLE})
ACTUATORS = {
    Backend: ("begin_trouble", "present"),
    Service: ("bind_sessions_to_version",),
    Accounts: ("block", "demand", "remove", "end_sessions", "log_in", "change_password"),
}


OF_THE_VERSION = ["version-too-old", "update-optional"]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    with Backend(tmp_path_factory.mktemp("authority")) as backend:
        yield backend


@pytest.fixture
def stub(running: Backend) -> Backend:
    running.reset()
    return running


@pytest.fixture
def bench(bench: Bench) -> Bench:
    """The member is logged in."""
    bench.backend.accounts.log_in(bench.member.identifier.reveal(), bench.member.password.reveal())
    return bench


def prepared(name: str, bench: Bench) -> Fault:
    fault = FAULTS[name](bench)
    fault.prepare()
    return fault


@pytest.mark.parametrize("name", [*OF_THE_STUB, *OF_THE_VERSION])
def test_it_is_proven_and_undone(name: str, bench: Bench) -> None:
    fault = prepared(name, bench)
    fault.inject()
    assert fault.prove()
    fault.restore()
    fault.restore()
    assert bench.entry.identifier == bench.member.identifier
    right = (bench.member.identifier.reveal(), bench.member.password.reveal())
    assert bench.backend.accounts.outcome_of(*right) is None
    assert bench.backend.probe().status == 200


@pytest.mark.parametrize("name", OF_THE_STUB)
def test_it_is_not_proven_when_nothing_has_happened(name: str, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    for owner, methods in ACTUATORS.items():
        for method in methods:
            monkeypatch.setattr(owner, method, lambda *_arguments, **_named: None)
    deaf = DeafEntry()
    deaf.belongs_to(bench.member)
    fault = prepared(name, replace(bench, entry=deaf))
    fault.inject()
    with pytest.raises(FaultNotProven, match=r"Fault not proven: .*, but "):
        fault.prove()


@pytest.mark.parametrize("name", OF_THE_VERSION)
def test_a_service_that_goes_on_as_before_proves_no_version(
    name: str, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    for attribute in ("minimum_version", "newest_version"):
        monkeypatch.setattr(Service, attribute, property(lambda _: 0, lambda *_: None), raising=False)
    fault = prepared(name, bench)
    fault.inject()
    with pytest.raises(FaultNotProven, match=r"Fault not proven: .*version.*, but installed is 7|but 7 is, of 0"):
        fault.prove()


def test_a_busy_machine_leaves_an_answer_that_comes_late_proven(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    said = Says.answer

    async def late(trouble: Says, ordinary: Ordinary) -> Response:
        await asyncio.sleep(2 * SILENCE_SECONDS)
        return await said(trouble, ordinary)

    monkeypatch.setattr(Says, "answer", late)
    fault = prepared("server-500", bench)
    fault.inject()
    assert "500" in fault.prove()
    fault.restore()


class DeafEntry(Entry):
    """Goes on typing the right data."""

    @property  # type: ignore[explicit-override]  # mypy sees no override on a property with a setter
    @override
    def identifier(self) -> Secret:
        return self.member.identifier

    @identifier.setter
    def identifier(self, typed: Secret) -> None:
        pass

    @property  # type: ignore[explicit-override]  # mypy sees no override on a property with a setter
    @override
    def password(self) -> Secret:
        return self.member.password

    @password.setter
    def password(self, typed: Secret) -> None:
        pass
