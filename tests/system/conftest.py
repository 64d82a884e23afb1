"""Fixtures: one private adb server, one handset and one Appium, all real, for every test of this folder.

They override the first rungs of masuk's own ladder of fixtures, so that `device`, `screen` and the rest stand on them.
"""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from handset.base.home import Home
from masuk.automation.run_processes import Stack
from masuk.automation.session import Session
from masuk.base.locations import Project
from masuk.config.settings import Settings
from masuk.device import AdbDevice
from masuk.toolchain.tools import Toolchain
from tests.checkout import CHECKOUT
from tests.handset.devices import Adb, RunningDevice, start_device
from tests.system.homes import home_of_its_own
from tests.system.liars import LYING, Liar, Starts
from tests.system.masuk_command import MasukCommand


@pytest.fixture(scope="session", autouse=True)
def hears_ctrl_c() -> Iterator[None]:
    """Commands that are started here are interrupted by SIGINT, also where a shell runs the tests in its background.

    There it is ignored, which processes inherit; a handler of ours they don't.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def toolchain(tmp_path_factory: pytest.TempPathFactory) -> Toolchain:
    """The tools of the checkout, with devices, logs, results and report of its own."""
    return home_of_its_own(tmp_path_factory.mktemp("masuk-home"))


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings()


@pytest.fixture(scope="session")
def stack(settings: Settings, toolchain: Toolchain) -> Iterator[Stack]:
    stack = Stack(settings, toolchain, Project(CHECKOUT, toolchain.root), toolchain.root / "logs", name="system")
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()


@pytest.fixture(scope="module")
def session(stack: Stack) -> Iterator[Session]:
    """Closed after each module: a device carries one UiAutomator2 session at a time."""
    session = Session(stack)
    yield session
    session.close()


@pytest.fixture(scope="session")
def masuk(stack: Stack, toolchain: Toolchain) -> MasukCommand:
    """`masuk run` on the device of these tests."""
    return MasukCommand(toolchain, stack.ready_device())


@pytest.fixture
def wrong_profile(tmp_path: Path) -> Path:
    """A profile that the app does not keep: what it says without a network has to be something else."""
    path = tmp_path / "profile.toml"
    lines = [
        'no_connection = "words that no app says"' if line.startswith("no_connection =") else line
        for line in (CHECKOUT / "apps" / "reference" / "profile.toml").read_text().splitlines()
    ]
    path.write_text("\n".join(lines))
    return path


@pytest.fixture
def liar(stack: Stack, toolchain: Toolchain, tmp_path: Path) -> Iterator[Starts]:
    """Starts handsets that lie, and ends them with the test."""
    started: list[RunningDevice] = []
    server = Adb(stack.adb.port, dict(stack.adb.environment))

    def start(about: str) -> Liar:
        told = tmp_path / "told"
        program = (str(LYING), about, str(told))
        device = start_device(Home(toolchain.root), server, name=f"lying-{about}", program=program)
        started.append(device)
        return Liar(about, MasukCommand(toolchain, AdbDevice(device.adb.serial, stack.adb)), told)

    yield start
    for device in started:
        device.stop()
