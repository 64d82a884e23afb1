"""A failure is the product's only when nothing else explains it."""

from dataclasses import dataclass, field
from typing import cast

import pytest

from masuk.base.errors import DeviceError
from masuk.device.app_under_test import AppUnderTest
from masuk.results.outside_causes import outside_cause
from masuk.services.backend import Backend

KILLED, CRASHED, RUNNING = 101, 102, 103


@dataclass
class Witness:
    """A device that tells how processes of its one app have ended."""

    crash: str | None = None
    gone: bool = False

    @property
    def apps(self) -> "Witness":
        return self

    @property
    def log(self) -> "Witness":
        return self

    def ended_from_outside(self, package: str) -> dict[int, str]:
        if self.gone:
            raise DeviceError(f"{package} can't be looked at")
        return {KILLED: "signal 9"}

    def crash_of(self, package: str) -> str | None:
        return self.crash


@dataclass
class Suspect:
    """An app whose processes were these."""

    device: Witness
    processes: list[int] = field(default_factory=list)
    package: str = "id.masuk.anggota"


@dataclass
class Service:
    alive: bool = True


def cause(processes: list[int], *, crash: str | None = None, gone: bool = False, alive: bool = True) -> str | None:
    suspect = Suspect(Witness(crash, gone), processes)
    return outside_cause(cast(AppUnderTest, suspect), cast(Backend, Service(alive)))


def test_an_app_that_runs_or_has_crashed_is_to_blame_itself() -> None:
    assert cause([RUNNING]) is None
    assert cause([]) is None
    assert cause([CRASHED], crash="java.lang.IllegalStateException: no row") is None


def test_an_app_that_ends_itself_after_a_crash_is_to_blame() -> None:
    assert cause([KILLED], crash="java.lang.IllegalStateException: no row") is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"processes": [RUNNING, KILLED]}, "process 101 of id.masuk.anggota was ended by signal 9"),
        ({"processes": [RUNNING], "gone": True}, "the device can't be asked any more: id.masuk.anggota can't be"),
        ({"processes": [RUNNING], "alive": False}, "the stub backend has died"),
    ],
)
def test_what_else_has_gone_wrong_is_named(given: dict[str, object], said: str) -> None:
    assert said in str(cause(**given))  # type: ignore[arg-type]
