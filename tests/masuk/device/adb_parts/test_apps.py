"""What devices record of processes that have ended, read as the app's own doing or somebody else's."""

from pathlib import Path

import pytest

from masuk.device.adb_parts.apps import ProcessEnd, ends_in

PACKAGE = "org.example.app"
EXIT_INFO = Path(__file__).with_name("recorded").joinpath("exit-info.txt").read_text()


def test_a_recorded_history_is_read_in_full() -> None:
    assert ends_in(EXIT_INFO, PACKAGE) == [
        ProcessEnd(8812, reason=4, status=0, importance=125),
        ProcessEnd(7001, reason=3, status=0, importance=100),
        ProcessEnd(8278, reason=2, status=11, importance=100),
    ]
    assert ends_in(EXIT_INFO, "org.example") == []


def test_processes_with_a_name_of_their_own_belong_to_the_app() -> None:
    assert len(ends_in(EXIT_INFO.replace("process=org.example.app", "process=org.example.app:remote"), PACKAGE)) == 3


@pytest.mark.parametrize("signal", [4, 6, 7, 8, 11])
def test_a_signal_for_a_fault_of_its_own_is_the_apps_crash(signal: int) -> None:
    assert ProcessEnd(1, reason=2, status=signal, importance=100).from_outside is None


@pytest.mark.parametrize(
    ("end", "cause"),
    [
        (ProcessEnd(1, reason=2, status=9, importance=100), "signal 9"),
        (ProcessEnd(1, reason=3, status=0, importance=100), "the system, which was low on memory"),
        (ProcessEnd(1, reason=3, status=0, importance=400), None),
        (ProcessEnd(1, reason=4, status=0, importance=100), None),
        (ProcessEnd(1, reason=10, status=0, importance=100), None),
    ],
)
def test_what_else_has_ended_a_process(end: ProcessEnd, cause: str | None) -> None:
    assert end.from_outside == cause
