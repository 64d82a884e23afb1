"""Fixtures: a home with real tools, a running device with fake app processes, and the real adb on a private server."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from handset.base.home import Home
from masuk.device.adb import free_port
from tests.handset.apks import build_apk
from tests.handset.devices import Adb, RunningDevice, prepare_home, start_device


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home of its own with the real jars and npm packages."""
    return prepare_home(tmp_path / "home")


@pytest.fixture(scope="session")
def adb_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Adb]:
    """An adb server on a free port, ended after the tests."""
    private = tmp_path_factory.mktemp("adb-home")
    environment = {**os.environ, "HOME": str(private), "ADB_USB": "0", "ADB_MDNS_OPENSCREEN": "0", "ADB_MDNS": "0"}
    adb = Adb(free_port(), environment)
    adb("start-server")
    yield adb
    adb("kill-server")


@pytest.fixture(scope="session")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home for the whole run."""
    return prepare_home(tmp_path_factory.mktemp("shared") / "home")


@pytest.fixture(scope="session")
def shared_device(shared_home: Home, adb_server: Adb) -> Iterator[RunningDevice]:
    device = start_device(shared_home, adb_server, "--no-spare")
    yield device
    device.stop()


@pytest.fixture(scope="session")
def apk(shared_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Builds APKs of com.example.app; arguments as build_apk takes them."""

    def build(**facts: object) -> Path:
        return build_apk(shared_home, tmp_path_factory.mktemp("apk"), **facts)  # type: ignore[arg-type]

    return build


@pytest.fixture
def device(shared_device: RunningDevice) -> Iterator[RunningDevice]:
    """A running device without the app, online, its log empty."""
    yield shared_device
    shared_device.adb.shell(
        "pm uninstall com.example.app; cmd connectivity airplane-mode disable; svc wifi enable;"
        " svc data enable; settings put global auto_time 0;"
        " settings put global auto_time 1; rm -rf /sdcard/* /data/local/tmp/*; logcat -b all -c"
    )
