"""Airplane mode acts on the connections that the app has, not only on those that it will make."""

import time
from collections.abc import Iterator

import pytest

from masuk.base.polling import until
from masuk.base.timeline import Timeline
from masuk.config.profile import Profile, named
from masuk.device import GUEST_ROUTE_TO_HOST, AdbDevice
from masuk.device.app_under_test import AppUnderTest
from masuk.services.personas import People
from pages.login import LoginPage
from tests.system.silent_server import SilentServer

PROMPTLY_SECONDS = 5
"""Half of the app's own timeout, which must not be what ends the wait."""


@pytest.fixture
def online_device(device: AdbDevice) -> Iterator[AdbDevice]:
    """The device; its network is on again afterwards."""
    yield device
    device.network.restore()


def test_it_cuts_a_living_connection_and_the_app_says_so(
    online_device: AdbDevice, profile: Profile, people: People, timeline: Timeline, login_page: LoginPage
) -> None:
    rini = people.named("Rini")
    with SilentServer() as server:
        app = AppUnderTest(profile, online_device, f"https://{GUEST_ROUTE_TO_HOST}:{server.port}", timeline)
        app.reset()
        app.launch()
        login_page.log_in(rini.identifier, rini.password)
        until(lambda: server.living >= 2, "the version check and the login to be under way", timeout=10)

        began = time.monotonic()
        online_device.network.set_airplane_mode(True)
        until(lambda: server.living == 0, "the connections to be cut", timeout=PROMPTLY_SECONDS)
        offline = named(profile.messages.no_connection, "messages.no_connection")
        login_page.message(offline, "a message that there is no connection")
        assert time.monotonic() - began < PROMPTLY_SECONDS
        app.close()


def test_settings_and_services_agree(online_device: AdbDevice) -> None:
    device = online_device
    with SilentServer() as server:
        for on in (True, False):
            device.network.set_airplane_mode(on)
            assert device.network.airplane_mode() is on
            assert device.shell("settings get global airplane_mode_on") == f"{int(on)}\n"
            assert device.network.has_default_network() is not on
            assert device.network.reaches(server.port) is not on
