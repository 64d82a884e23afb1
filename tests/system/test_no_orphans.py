"""However a handset ends, none of its processes stays."""

import os
import signal
from collections.abc import Iterator

import psutil
import pytest

from masuk.profile import Profile
from masuk.services import Stack
from masuk.settings import Settings
from masuk.toolchain import Toolchain
from masuk.waiting import until

END_SECONDS = 10
NO_APPIUM = Settings(appium_url="http://127.0.0.1:1")


@pytest.fixture
def mortal(toolchain: Toolchain) -> Iterator[Stack]:
    """A handset of its own, without Appium."""
    stack = Stack(NO_APPIUM, toolchain, toolchain.root / "logs" / "mortal", name="mortal")
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_app_and_spare_end_with_the_handset(mortal: Stack, profile: Profile, number: signal.Signals) -> None:
    device, handset = mortal.device, mortal.handset
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
