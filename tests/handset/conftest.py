"""Fixtures: a home with real tools, a running device with fake app processes, and the real adb on a private server."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import adbutils
import pytest

from handset.home import ENVIRONMENT_VARIABLE, Home
from tests.handset.apks import build_apk

TOOLCHAIN = Path(os.environ.get(ENVIRONMENT_VARIABLE) or Path(__file__).parents[2] / ".masuk")
DAEMON = Path(__file__).with_name("fake_daemon.py")
READY_TIMEOUT = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _home(root: Path) -> Home:
    if not (TOOLCHAIN / "jars").exists():
        pytest.fail(f"The toolchain is not in {TOOLCHAIN}. Run: make setup")
    root.mkdir(exist_ok=True)
    (root / "jars").symlink_to((TOOLCHAIN / "jars").absolute())
    (root / "node").symlink_to((TOOLCHAIN / "node").absolute())
    return Home(root)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home of its own with the real jars and npm packages."""
    return _home(tmp_path / "home")


@dataclass
class Adb:
    """The real adb against a private server."""

    port: int
    environment: dict[str, str]
    serial: str = ""

    def __call__(self, *arguments: str, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
        chosen = ["-s", self.serial] if self.serial else []
        return subprocess.run(
            [adbutils.adb_path(), "-P", str(self.port), *chosen, *arguments],
            input=stdin,
            capture_output=True,
            timeout=60,
            check=False,
            env=self.environment,
        )

    def shell(self, line: str) -> str:
        return self("shell", line).stdout.decode()

    def code(self, line: str) -> int:
        return self("shell", line).returncode


@pytest.fixture(scope="session")
def adb_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Adb]:
    """An adb server on a free port, ended after the tests."""
    private = tmp_path_factory.mktemp("adb-home")
    environment = {**os.environ, "HOME": str(private), "ADB_USB": "0", "ADB_MDNS_OPENSCREEN": "0", "ADB_MDNS": "0"}
    adb = Adb(free_port(), environment)
    adb("start-server")
    yield adb
    adb("kill-server")


@dataclass
class RunningDevice:
    """A daemon in a process of its own."""

    process: subprocess.Popen[str]
    home: Home
    adb: Adb
    port: int
    name: str

    @property
    def folder(self) -> Path:
        return self.home.devices / self.name

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(10)


def start_device(home: Home, server: Adb, *extra: str, name: str = "test", port: int | None = None) -> RunningDevice:
    """Start a daemon with fake app processes, and connect adb to it."""
    port = port or free_port()
    arguments = ["start", "--name", name, "--home", str(home.root), "--port", str(port), "--console", str(free_port())]
    process = subprocess.Popen(
        [sys.executable, str(DAEMON), *arguments, *extra],
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        env={**server.environment, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert process.stdout is not None
    ready = process.stdout.readline().split()
    assert ready[:1] == ["ready"], f"the daemon said {ready} and ended with {process.poll()}"
    adb = Adb(server.port, server.environment, f"127.0.0.1:{port}")
    server("disconnect", adb.serial)
    server("connect", adb.serial)
    return RunningDevice(process, home, adb, port, name)


@pytest.fixture(scope="session")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home for the whole run."""
    return _home(tmp_path_factory.mktemp("shared") / "home")


@pytest.fixture(scope="session")
def shared_device(shared_home: Home, adb_server: Adb) -> Iterator[RunningDevice]:
    device = start_device(shared_home, adb_server, "--no-spare")
    yield device
    device.process.terminate()
    device.process.wait(10)
    if device.process.stdout:
        device.process.stdout.close()


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
        " svc data enable; rm -rf /sdcard/* /data/local/tmp/*; logcat -b all -c"
    )
