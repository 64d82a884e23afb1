"""What devices record of processes that have ended, read as the app's own doing or somebody else's."""

from pathlib import Path

import pytest

from masuk.device.adb_parts.apps import ProcessEnd, ends_in
from masuk.device.adb_parts.log import anr_in, crash_in

PACKAGE = "org.example.app"
EXIT_INFO = Path(__file__).with_name("recorded").joinpath("exit-info.txt").read_text()
CRASH_BUFFER = """--------- beginning of crash
FATAL EXCEPTION: main
Process: org.example.other, PID: 4001
java.lang.IllegalStateException: of another app
FATAL EXCEPTION: main
Process: org.example.app2, PID: 4002
java.lang.IllegalStateException: of an app with a longer name
"""
REMOTE = """FATAL EXCEPTION: Thread-3
Process: org.example.app:remote, PID: 4003
java.lang.NullPointerException: in its service
\tat org.example.app.Service.run(Service.java:3)
"""
NATIVE = """*** *** *** *** *** *** *** *** *** *** *** *** *** *** *** ***
Build fingerprint: 'google/sdk_gphone64/emu64:14/UE1A/1:userdebug/dev-keys'
Cmdline: org.example.app
pid: 8278, tid: 8301, name: RenderThread  >>> org.example.app <<<
uid: 10231
signal 11 (SIGSEGV), code 1 (SEGV_MAPERR), fault addr 0x0000000000000000
"""


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


def test_a_crash_is_that_of_the_apps_processes_only() -> None:
    assert crash_in(CRASH_BUFFER, PACKAGE) is None
    assert crash_in(CRASH_BUFFER + REMOTE, PACKAGE) == "java.lang.NullPointerException: in its service"
    assert crash_in(REMOTE + CRASH_BUFFER, PACKAGE) == "java.lang.NullPointerException: in its service"
    assert crash_in(CRASH_BUFFER, "org.example.other") == "java.lang.IllegalStateException: of another app"


def test_a_native_crash_is_one() -> None:
    crash = "signal 11 (SIGSEGV), code 1 (SEGV_MAPERR), fault addr 0x0000000000000000"
    assert crash_in(CRASH_BUFFER + NATIVE, PACKAGE) == crash
    assert crash_in(NATIVE.replace("signal", "no") + REMOTE, "org.example.app:none") is None


def test_an_anr_is_that_of_the_apps_processes_only() -> None:
    log = "E ActivityManager: ANR in org.example.app2 (org.example.app2/.Main)\n"
    assert anr_in(log, PACKAGE) is None
    own = "ANR in org.example.app (org.example.app/.Main)"
    assert anr_in(f"{log}E ActivityManager: {own}\n{log}", PACKAGE) == own
    assert anr_in("E ActivityManager: ANR in org.example.app:remote\n", PACKAGE) == "ANR in org.example.app:remote"
