"""Appium, or the whole run, is killed or interrupted while a scenario has the network off."""

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

import psutil

from masuk.base.polling import until
from masuk.device import AdbDevice
from tests.scenarios import LOGIN, NO_CONNECTION
from tests.system.masuk_command import MasukCommand

FEATURE = "features/no_network.feature"
SESSION_OPENED = "session created successfully"
UNDER_WAY_SECONDS = 60
END_SECONDS = 15


@contextmanager
def run_without_network(masuk: MasukCommand, device: AdbDevice, *words: str) -> Iterator[Popen[str]]:
    """A run whose first scenario has the network off and its session open; the run has ended after the block.

    `words` are what `masuk` is started with.
    """
    log = masuk.toolchain.root / "logs" / "appium.log"
    log.unlink(missing_ok=True)
    run = masuk.start_command(*(words or ("run", NO_CONNECTION)), "--device", device.serial, "--no-report")
    try:
        until(
            lambda: (
                device.network.airplane_mode() and log.exists() and SESSION_OPENED in log.read_text(errors="replace")
            ),
            "a session while the network is off",
            timeout=UNDER_WAY_SECONDS,
            seen=lambda: f"the run's exit code is {run.poll()}",
        )
        yield run
    finally:
        masuk.finish(run)
        device.network.restore()


def test_without_appium_it_is_an_infrastructure_failure_and_the_next_scenario_gets_another(
    masuk: MasukCommand, device: AdbDevice
) -> None:
    with run_without_network(masuk, device, "run", FEATURE) as run:
        appium_of(run).kill()
        finished = masuk.finish(run)
        assert finished.code == 3, finished.output
        assert re.search(r"Without a way to the server .* infrastructure failure", finished.output), finished.output
        assert re.search(r"Once the network is back, .* passed", finished.output), finished.output
        assert "SessionError: " in finished.output, finished.output
        assert not device.network.airplane_mode()
        assert device.network.has_default_network()

    again = masuk.run(NO_CONNECTION, "--no-report")
    assert again.code == 0, again.output


def test_a_killed_run_leaves_no_process_and_the_next_run_restores_the_network(
    masuk: MasukCommand, device: AdbDevice
) -> None:
    with run_without_network(masuk, device) as run:
        processes = [psutil.Process(run.pid), *psutil.Process(run.pid).children(recursive=True)]
        appium = appium_of(run)
        for process in processes:
            if process != appium:
                process.kill()
        _, left = psutil.wait_procs(processes, timeout=END_SECONDS)
        assert not left
        assert device.network.airplane_mode(), "the run had time to clean up, so this test shows nothing"

        again = masuk.run(LOGIN, "--no-report")
        assert again.code == 0, again.output
        assert not device.network.airplane_mode()


def test_ctrl_c_ends_a_check_without_a_traceback_and_leaves_the_verdicts_of_before(
    masuk: MasukCommand, device: AdbDevice, tmp_path: Path
) -> None:
    apk, verdicts = masuk.toolchain.apps / "reference-2.0.0.apk", tmp_path / "verdicts.json"
    verdicts.write_text("[]")
    with run_without_network(masuk, device, "check", str(apk), NO_CONNECTION, "--verdicts", str(verdicts)) as run:
        run.send_signal(signal.SIGINT)
        finished = masuk.finish(run)
        assert finished.code == 2, finished.output
        assert "Traceback" not in finished.output
        assert "KeyboardInterrupt" in finished.output
        assert not device.network.airplane_mode()
    assert verdicts.read_text() == "[]"
    assert list(tmp_path.iterdir()) == [verdicts]


def appium_of(run: Popen[str]) -> psutil.Process:
    [appium] = [
        process
        for process in psutil.Process(run.pid).children(recursive=True)
        if "server" in process.cmdline() and any("appium" in word for word in process.cmdline())
    ]
    return appium


def test_a_device_that_was_left_turned_and_dark_is_put_right_by_the_next_run(
    masuk: MasukCommand, device: AdbDevice
) -> None:
    device.display.set_landscape(True)
    device.display.set_awake(False)
    finished = masuk.run("-k", "large_enough_for_a_finger", "--no-report")
    assert finished.code == 0, finished.output
    assert device.setting("user_rotation", "system") == "0"
    assert device.display.is_awake()
