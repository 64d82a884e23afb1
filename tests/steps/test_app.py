"""Steps about the app's process accuse the app of its own crashes only."""

import pytest

from steps.app import _no_crash as app_has_not_crashed
from tests.masuk.scripted_device import ScriptedDevice, app_on

PACKAGE = "org.example.app"
OF_ANOTHER = """FATAL EXCEPTION: main
Process: org.example.other, PID: 4001
java.lang.IllegalStateException: of another app
"""
OWN = """FATAL EXCEPTION: Thread-3
Process: org.example.app:remote, PID: 4003
java.lang.NullPointerException: in its service
"""


def look_for_a_crash(log: str) -> None:
    """Take the step on a device that has this log in every buffer, and on which the app runs."""
    buffers = dict.fromkeys(["logcat -d -b crash -v raw", "logcat -d -v threadtime"], log)
    device = ScriptedDevice(answers={**buffers, f"pidof {PACKAGE}": "8812"})
    app_has_not_crashed(app_on(device, PACKAGE), device)


def test_the_step_looks_at_the_app_only() -> None:
    look_for_a_crash(OF_ANOTHER + "ANR in org.example.other (org.example.other/.Main)\n")
    with pytest.raises(AssertionError, match=r"no crash of org\.example\.app; it crashed: java\.lang\.NullPointer"):
        look_for_a_crash(OF_ANOTHER + OWN)
    with pytest.raises(AssertionError, match=r"to respond; the device's log has: ANR in org\.example\.app "):
        look_for_a_crash("ANR in org.example.app (org.example.app/.Main)\n")
