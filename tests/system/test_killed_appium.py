"""Appium dies while a scenario has the network off."""

import subprocess

import psutil

from masuk.device import Device
from masuk.waiting import until
from tests.system.masuk_command import MasukCommand

SCENARIO = "features/no_network.feature:5"
SESSION_OPENED = "session created successfully"
UNDER_WAY_SECONDS = 60


def test_it_is_an_infrastructure_failure_the_network_comes_back_and_the_next_run_passes(
    masuk: MasukCommand, device: Device
) -> None:
    log = masuk.toolchain.root / "logs" / "appium.log"
    log.unlink(missing_ok=True)
    run = masuk.start(SCENARIO, "--no-report")
    until(
        lambda: device.airplane_mode() and log.exists() and SESSION_OPENED in log.read_text(errors="replace"),
        "a session while the network is off",
        timeout=UNDER_WAY_SECONDS,
        seen=lambda: f"the run's exit code is {run.poll()}",
    )
    appium_of(run).kill()
    finished = masuk.finish(run)

    assert finished.code == 3, finished.output
    assert "infrastructure failure" in finished.output
    assert "Appium could not do what was asked" in finished.output
    assert not device.airplane_mode()
    assert device.has_default_network()

    again = masuk.run(SCENARIO, "--no-report")
    assert again.code == 0, again.output


def appium_of(run: subprocess.Popen[str]) -> psutil.Process:
    [appium] = [
        process
        for process in psutil.Process(run.pid).children(recursive=True)
        if "server" in process.cmdline() and any("appium" in word for word in process.cmdline())
    ]
    return appium
