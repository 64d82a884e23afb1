"""Every fault that acts on the service or on what is typed: proven when it took, and only then."""

import asyncio
from collections.abc import Iterator
from typing import cast

import pytest
from starlette.responses import Response
from typing_extensions import override

from masuk.base.errors import FaultNotProven
from masuk.base.timeline import Timeline
from masuk.faults.catalogue import FAULTS
from masuk.faults.context import Bench, Need
from masuk.faults.fault import Fault
from masuk.faults.server import SILENCE_SECONDS
from masuk.secrets.vault import Secret, Vault
from masuk.services.account_pool import Registered
from masuk.services.backend import Backend
from masuk.services.backend.accounts import Accounts
from masuk.services.backend.login_api import Service
from masuk.services.backend.trouble import Ordinary, Says
from masuk.services.personas import Entry, People, Persona

OF_THE_STUB = sorted(name for name, kind in FAULTS.items() if kind.needs <= {Need.STUB, Need.TROUBLE})
ACTUATORS = {
    Backend: ("begin_trouble", "present"),
    Service: ("bind_sessions_to_version",),
    Accounts: ("block", "demand", "remove", "end_sessions", "log_in", "change_password"),
}


OF_THE_VERSION = ["version-too-old", "update-optional"]


class Installed:
    """An app of version 7."""

    def version_code(self) -> int:
        return 7


class Stage:
    """What these faults act on; no device takes part."""

    def __init__(self, backend: Backend) -> None:
        self.backend = self.stub = self.breakable = backend
        self.people = People(Vault())
        self.members = Registered(self.people, backend)
        self.entry = Entry()
        self.timeline = Timeline()
        self.app = Installed()
        self.member: Persona = self.members.named("Rini")
        self.entry.belongs_to(self.member)
        backend.accounts.log_in(self.member.identifier.reveal(), self.member.password.reveal())


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    with Backend(tmp_path_factory.mktemp("authority")) as backend:
        yield backend


@pytest.fixture
def stage(running: Backend) -> Stage:
    running.reset()
    return Stage(running)


def of(name: str, stage: Stage) -> Fault:
    fault = FAULTS[name](cast(Bench, stage))
    fault.prepare()
    return fault


@pytest.mark.parametrize("name", [*OF_THE_STUB, *OF_THE_VERSION])
def test_it_is_proven_and_undone(name: str, stage: Stage) -> None:
    fault = of(name, stage)
    fault.inject()
    assert fault.prove()
    fault.restore()
    fault.restore()
    assert stage.entry.identifier == stage.member.identifier
    right = (stage.member.identifier.reveal(), stage.member.password.reveal())
    assert stage.backend.accounts.outcome_of(*right) is None
    assert stage.backend.probe().status == 200


@pytest.mark.parametrize("name", OF_THE_STUB)
def test_it_is_not_proven_when_nothing_has_happened(name: str, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    for owner, methods in ACTUATORS.items():
        for method in methods:
            monkeypatch.setattr(owner, method, lambda *_arguments, **_named: None)
    stage.entry = DeafEntry()
    stage.entry.belongs_to(stage.member)
    fault = of(name, stage)
    fault.inject()
    with pytest.raises(FaultNotProven, match=r"Fault not proven: .*, but "):
        fault.prove()


@pytest.mark.parametrize("name", OF_THE_VERSION)
def test_a_service_that_goes_on_as_before_proves_no_version(
    name: str, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for attribute in ("minimum_version", "newest_version"):
        monkeypatch.setattr(Service, attribute, property(lambda _: 0, lambda *_: None), raising=False)
    fault = of(name, stage)
    fault.inject()
    with pytest.raises(FaultNotProven, match=r"Fault not proven: .*version.*, but installed is 7|but 7 is, of 0"):
        fault.prove()


def test_a_busy_machine_leaves_an_answer_that_comes_late_proven(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    said = Says.answer

    async def late(trouble: Says, ordinary: Ordinary) -> Response:
        await asyncio.sleep(2 * SILENCE_SECONDS)
        return await said(trouble, ordinary)

    monkeypatch.setattr(Says, "answer", late)
    fault = of("server-500", stage)
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
