"""An app that hangs costs the scenarios after it nothing: neither their faults nor their verdicts."""

import os
import signal

from masuk.automation.environment import Stack
from tests.system.masuk_command import MasukCommand

PACKAGE = "id.masuk.anggota"


def test_scenarios_after_a_hung_app_keep_their_verdicts(masuk: MasukCommand, stack: Stack) -> None:
    options = ("--no-report", "--appium-url", stack.appium_url)
    assert masuk.run("features/login.feature", *options).code == 0
    stack.device.apps.start(PACKAGE, ".LoginActivity", {})
    pid = stack.device.apps.pid(PACKAGE)
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    stack.device.network.set_airplane_mode(True)
    stack.device.network.set_airplane_mode(False)
    assert stack.device.apps.pid(PACKAGE) == pid, "it hangs, and it is there"
    after = masuk.run("features/login.feature", "features/no_network.feature:5", *options)
    assert after.code == 0, after.output
    assert stack.device.apps.pid(PACKAGE) != pid
