"""However a handset or a run ends, none of its processes stays."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from masuk.automation.run_processes import Stack
from masuk.base.locations import Project
from masuk.base.polling import until
from masuk.config.profile import Profile
from masuk.config.settings import Settings
from masuk.toolchain.tools import Toolchain
from tests.checkout import CHECKOUT
from tests.system.homes import home_of_its_own
from tests.system.masuk_command import start

END_SECONDS = 10
NO_APPIUM = Settings(appium_url="http://127.0.0.1:1")


@pytest.fixture
def mortal(toolchain: Toolchain) -> Iterator[Stack]:
    """A handset of its own, without Appium."""
    stack = Stack(
        NO_APPIUM, toolchain, Project(CHECKOUT, toolchain.root), toolchain.root / "logs" / "mortal", name="mortal"
    )
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_app_and_spare_end_with_the_handset(mortal: Stack, profile: Profile, number: signal.Signals) -> None:
    device, handset = mortal.ready_device(), mortal.handset
    assert handset is not None
    device.apps.install(profile.app.apk)
    device.apps.start(profile.app.package, profile.app.activity, {})
    app = device.apps.pid(profile.app.package)
    daemon = psutil.Process(handset.pid)
    until(lambda: len(daemon.children(recursive=True)) >= 2, "a spare beside the app", timeout=END_SECONDS)
    started = daemon.children(recursive=True)
    assert app in {process.pid for process in started}

    os.kill(handset.pid, number)

    _, left = psutil.wait_procs(started, timeout=END_SECONDS)
    assert not left


def test_a_run_whose_scenarios_are_refused_ends_what_it_has_begun(tmp_path: Path) -> None:
    """Device and Appium are begun before pytest knows of the tag."""
    run = start(("run", "--tags", "N99", "--no-report"), home_of_its_own(tmp_path).root)
    begun = until(lambda: psutil.Process(run.pid).children(recursive=True), "something to begin", timeout=END_SECONDS)
    said, _ = run.communicate(timeout=60)
    assert run.returncode == 4, said
    assert "N99: no such tag" in said
    _, left = psutil.wait_procs(begun, timeout=END_SECONDS)
    assert not left
    assert not [process for process in psutil.process_iter(["cmdline"]) if str(tmp_path) in " ".join(words_of(process))]


def words_of(process: psutil.Process) -> list[str]:
    """The command line that was read; nothing of a process that is not ours to look at."""
    return process.info["cmdline"] or []
