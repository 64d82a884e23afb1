"""An app that hangs costs the scenarios after it nothing: neither their faults nor their verdicts."""

import os
import signal

from masuk.automation.run_processes import Stack
from tests.scenarios import NO_CONNECTION
from tests.system.masuk_command import MasukCommand

PACKAGE = "id.masuk.anggota"


def test_scenarios_after_a_hung_app_keep_their_verdicts(masuk: MasukCommand, stack: Stack) -> None:
    options = ("--no-report", "--appium-url", stack.ready_appium())
    assert masuk.run("features/login.feature", *options).code == 0
    stack.ready_device().apps.start(PACKAGE, ".LoginActivity", {})
    pid = stack.ready_device().apps.pid(PACKAGE)
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    stack.ready_device().network.set_airplane_mode(True)
    stack.ready_device().network.set_airplane_mode(False)
    assert stack.ready_device().apps.pid(PACKAGE) == pid, "it hangs, and it is there"
    after = masuk.run("features/login.feature", NO_CONNECTION, *options)
    assert after.code == 0, after.output
    assert stack.ready_device().apps.pid(PACKAGE) != pid
