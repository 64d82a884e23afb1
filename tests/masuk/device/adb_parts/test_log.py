"""Crashes and ANRs in a device's log: those of the app's processes only."""

from masuk.device.adb_parts.log import anr_in, crash_in

PACKAGE = "org.example.app"
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
