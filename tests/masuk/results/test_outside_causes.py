"""A failure is the product's only when nothing else explains it."""

from dataclasses import dataclass

import pytest

from masuk.base.errors import DeviceError
from masuk.results.outside_causes import outside_cause
from tests.masuk.scripted_device import ScriptedDevice, app_on

PACKAGE = "id.masuk.anggota"
KILLED, CRASHED, RUNNING = 101, 102, 103
HISTORY = f"""ACTIVITY MANAGER PROCESS EXIT INFO (dumpsys activity exit-info)
  package: {PACKAGE}
        ApplicationExitInfo #0:
          timestamp=2026-09-27 03:01:01.000 pid={KILLED} realUid=10231 packageUid=10231 definingUid=10231 user=0
          process={PACKAGE} reason=2 (SIGNALED) subreason=0 (UNKNOWN) status=9
          importance=100 pss=0.00 rss=0.00 description=null state=empty trace=null
"""
CRASH = f"Process: {PACKAGE}, PID: {CRASHED}\njava.lang.IllegalStateException: no row\n"


@dataclass
class Service:
    alive: bool


def cause(processes: list[int], *, log: str = "", history: str | Exception = HISTORY, alive: bool = True) -> str | None:
    """What is found on a device with this crash log and this history of processes."""
    answers = {f"dumpsys activity exit-info {PACKAGE}": history, "logcat -d -b crash -v raw": log}
    app = app_on(ScriptedDevice(answers=answers), PACKAGE)
    app.processes += processes
    return outside_cause(app, Service(alive))


def test_an_app_that_runs_or_has_crashed_is_to_blame_itself() -> None:
    assert cause([RUNNING]) is None
    assert cause([]) is None
    assert cause([CRASHED], log=CRASH) is None


def test_an_app_that_ends_itself_after_a_crash_is_to_blame() -> None:
    assert cause([KILLED], log=CRASH) is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"processes": [RUNNING, KILLED]}, "process 101 of id.masuk.anggota was ended by signal 9"),
        (
            {"processes": [RUNNING], "history": DeviceError(f"{PACKAGE} can't be looked at")},
            "the device can't be asked any more: id.masuk.anggota can't be",
        ),
        ({"processes": [RUNNING], "alive": False}, "the stub backend has died"),
    ],
)
def test_what_else_has_gone_wrong_is_named(given: dict[str, object], said: str) -> None:
    assert said in str(cause(**given))  # type: ignore[arg-type]
