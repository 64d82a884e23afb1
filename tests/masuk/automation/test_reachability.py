"""How long a device is waited for."""

from collections.abc import Sequence
from typing import cast

import pytest

from masuk.automation import reachability
from masuk.base.errors import DeviceError
from masuk.device.adb import Adb

SERIAL = "emulator-5554"


class Telling:
    """An adb server that tells one state of the device after the other."""

    def __init__(self, states: Sequence[str | None]) -> None:
        self._states = states
        self.asked = 0

    def demand_port(self) -> None:
        pass

    def devices(self) -> dict[str, str]:
        state = self._states[min(self.asked, len(self._states) - 1)]
        self.asked += 1
        return {"R58M": "device"} | ({SERIAL: state} if state else {})


def attached(telling: Telling, *, listed: bool) -> str:
    return reachability.attached(SERIAL, cast(Adb, telling), listed=listed).serial


@pytest.fixture(autouse=True)
def in_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reachability, "ATTACH_SECONDS", 0.2)


def test_one_that_adb_does_not_list_is_not_waited_for() -> None:
    telling = Telling([None])
    with pytest.raises(DeviceError, match=rf"^{SERIAL} is not usable through adb; attached: R58M \(device\)\. Try"):
        attached(telling, listed=True)
    assert telling.asked == 1


def test_one_that_is_on_its_way_is_waited_for() -> None:
    assert attached(Telling(["offline", "offline", "device"]), listed=True) == SERIAL
    with pytest.raises(DeviceError, match=rf"attached: R58M \(device\), {SERIAL} \(offline\)\. Try"):
        attached(Telling(["offline"]), listed=True)


def test_one_that_was_just_started_may_not_be_listed_yet() -> None:
    assert attached(Telling([None, "offline", "device"]), listed=False) == SERIAL
