"""The ladder of fixtures; a conftest may override every rung.

settings → toolchain → stack → device → session → screen; profile → app; backend; vault → people;
link and all of these → bench → faults.
"""

from collections.abc import Iterator
from functools import partial

import pytest

from masuk import profile as profiles
from masuk.app import AppUnderTest
from masuk.backend import Backend
from masuk.bench import Bench
from masuk.blame import outside_cause
from masuk.device import Device
from masuk.evidence import Evidence
from masuk.faults.fault import FaultBoard
from masuk.link import Link
from masuk.people import Entry, People
from masuk.plugin.state import BOARDS, DEVICE, ENVIRONMENT, OUTSIDE_CAUSES, SESSION, SETTINGS, STACK, VAULT
from masuk.profile import Profile
from masuk.report import Environment
from masuk.screen import Screen
from masuk.secrets import Vault
from masuk.services import Stack
from masuk.session import Session
from masuk.settings import Settings
from masuk.timeline import Timeline
from masuk.toolchain import CHECKOUT, Toolchain


@pytest.fixture(scope="session")
def settings(pytestconfig: pytest.Config) -> Settings:
    """What to run on what."""
    return pytestconfig.stash[SETTINGS]


@pytest.fixture(scope="session")
def toolchain() -> Toolchain:
    """The fetched and built tools."""
    return Toolchain.default()


@pytest.fixture(scope="session")
def stack(pytestconfig: pytest.Config) -> Stack:
    """The processes of this run."""
    return pytestconfig.stash[STACK]


@pytest.fixture(scope="session")
def profile(settings: Settings) -> Profile:
    """The app under test."""
    return profiles.load(CHECKOUT / settings.profile, CHECKOUT, settings.apk)


@pytest.fixture
def device(stack: Stack, pytestconfig: pytest.Config, profile: Profile) -> Device:
    """The device; one that is new to this run gets the network back that a killed run may have left off."""
    device = stack.device
    if pytestconfig.stash.get(DEVICE, None) is not device:
        device.restore_network()
        pytestconfig.stash[DEVICE] = device
        pytestconfig.stash[ENVIRONMENT] = Environment.of(device, profile)
    return device


@pytest.fixture(scope="session")
def session(stack: Stack, pytestconfig: pytest.Config) -> Iterator[Session]:
    """The Appium session of this worker."""
    session = pytestconfig.stash[SESSION] = Session(stack)
    yield session
    session.close()


@pytest.fixture(scope="session")
def running_backend(toolchain: Toolchain) -> Iterator[Backend]:
    """The stub backend's process-wide instance."""
    with Backend(toolchain.authority) as backend:
        yield backend


@pytest.fixture
def backend(running_backend: Backend) -> Backend:
    """The stub backend, with no account and no request on record."""
    running_backend.reset()
    return running_backend


@pytest.fixture(scope="session")
def vault(pytestconfig: pytest.Config) -> Vault:
    """Every secret of the run."""
    return pytestconfig.stash[VAULT]


@pytest.fixture
def people(vault: Vault) -> People:
    """The personas of this scenario."""
    return People(vault)


@pytest.fixture
def timeline() -> Timeline:
    """What happens in this scenario."""
    return Timeline()


@pytest.fixture
def app(
    profile: Profile,
    device: Device,
    backend: Backend,
    timeline: Timeline,
    pytestconfig: pytest.Config,
    request: pytest.FixtureRequest,
) -> AppUnderTest:
    """The app, freshly installed or cleared, not running."""
    app = AppUnderTest(profile, device, backend.address, timeline)
    pytestconfig.stash[OUTSIDE_CAUSES][request.node.nodeid] = partial(outside_cause, app, backend)
    app.reset()
    device.clear_log()
    return app


@pytest.fixture(scope="session")
def running_link() -> Iterator[Link]:
    """The bad link's process-wide instance."""
    with Link() as link:
        yield link


@pytest.fixture
def link(running_link: Link) -> Link:
    """The bad link, treating connections well until a fault says otherwise."""
    running_link.reset()
    return running_link


@pytest.fixture
def entry() -> Entry:
    """What the member types."""
    return Entry()


@pytest.fixture
def bench(
    profile: Profile,
    device: Device,
    app: AppUnderTest,
    backend: Backend,
    link: Link,
    people: People,
    entry: Entry,
    timeline: Timeline,
) -> Bench:
    """What faults act on."""
    return Bench(profile, device, app, backend, link, people, entry, timeline)


@pytest.fixture
def faults(bench: Bench, pytestconfig: pytest.Config, request: pytest.FixtureRequest) -> Iterator[FaultBoard]:
    """The faults of this scenario, restored after it whatever happens."""
    board = FaultBoard(bench, withheld=pytestconfig.getoption("without_faults"))
    pytestconfig.stash[BOARDS][request.node.nodeid] = board
    yield board
    board.restore_all()


@pytest.fixture
def screen(session: Session, settings: Settings) -> Screen:
    """The screen of the device."""
    return Screen(lambda: session.driver, settings.wait)


@pytest.fixture
def evidence(vault: Vault) -> Evidence:
    """Where evidence goes."""
    return Evidence(vault)
