"""How long a device is waited for."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from typing_extensions import override

from masuk.automation import reachability
from masuk.base.errors import DeviceError
from masuk.device.adb import Adb

SERIAL = "emulator-5554"


@dataclass(frozen=True)
class Telling(Adb):
    """An adb server that tells one state of the device after the other."""

    states: Sequence[str | None] = ()
    told: list[str | None] = field(default_factory=list)

    @override
    def demand_port(self) -> None:
        pass

    @override
    def devices(self) -> dict[str, str]:
        state = self.states[min(len(self.told), len(self.states) - 1)]
        self.told.append(state)
        return {"R58M": "device"} | ({SERIAL: state} if state else {})


def attached(telling: Telling, *, listed: bool) -> str:
    return reachability.attached(SERIAL, telling, listed=listed).serial


@pytest.fixture(autouse=True)
def in_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reachability, "ATTACH_SECONDS", 0.2)


def test_one_that_adb_does_not_list_is_not_waited_for() -> None:
    telling = Telling(states=[None])
    with pytest.raises(DeviceError, match=rf"^{SERIAL} is not usable through adb; attached: R58M \(device\)\. Try"):
        attached(telling, listed=True)
    assert len(telling.told) == 1


def test_one_that_is_on_its_way_is_waited_for() -> None:
    assert attached(Telling(states=["offline", "offline", "device"]), listed=True) == SERIAL
    with pytest.raises(DeviceError, match=rf"attached: R58M \(device\), {SERIAL} \(offline\)\. Try"):
        attached(Telling(states=["offline"]), listed=True)


def test_one_that_was_just_started_may_not_be_listed_yet() -> None:
    assert attached(Telling(states=[None, "offline", "device"]), listed=False) == SERIAL
