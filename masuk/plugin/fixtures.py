"""The ladder of fixtures; a conftest may override every rung.

settings → toolchain → stack → device → session → screen; profile → app; stub or accounts → service, members;
vault → people; link and all of these → bench → faults.
"""

from collections.abc import Iterator
from functools import partial

import pytest

from masuk.automation.driver import Watcher
from masuk.automation.run_processes import Stack
from masuk.automation.screen import Screen
from masuk.automation.session import Session
from masuk.base.endpoint import Destination
from masuk.base.errors import NotServed
from masuk.base.timeline import Timeline
from masuk.config.accounts import AccountsFile
from masuk.config.profile import Profile
from masuk.config.settings import Settings
from masuk.device import Device
from masuk.device.app_under_test import AppUnderTest
from masuk.faults.bench import Bench
from masuk.faults.fault import FaultBoard
from masuk.plugin.stash import (
    BOARD,
    DEVICE,
    ENVIRONMENT,
    FILM,
    OUTSIDE_CAUSE,
    PLAN,
    SESSION,
    STACK,
    TRACE,
    VAULT,
    ahead_of,
)
from masuk.plugin.unreached import UNREACHED, why_unreached
from masuk.results.allure_bridge import Evidence
from masuk.results.allure_results import Environment
from masuk.results.outside_causes import outside_cause
from masuk.secrets.vault import Vault
from masuk.services.account_pool import Leased, Members, Registered
from masuk.services.backend import Backend
from masuk.services.intercept.interceptor import Interceptor
from masuk.services.network_proxy import Link
from masuk.services.personas import Entry, People
from masuk.toolchain.installer import set_up_interception
from masuk.toolchain.tools import Toolchain


@pytest.fixture(scope="session")
def settings(pytestconfig: pytest.Config) -> Settings:
    """What to run on what."""
    return pytestconfig.stash[PLAN].settings


@pytest.fixture(scope="session")
def toolchain() -> Toolchain:
    """The fetched and built tools."""
    return Toolchain.default()


@pytest.fixture(scope="session")
def stack(pytestconfig: pytest.Config) -> Stack:
    """The processes of this run."""
    return pytestconfig.stash[STACK]


@pytest.fixture(scope="session")
def profile(pytestconfig: pytest.Config) -> Profile:
    """The app under test."""
    return pytestconfig.stash[PLAN].inputs.profile


@pytest.fixture
def device(stack: Stack, pytestconfig: pytest.Config, profile: Profile) -> Device:
    """The device; one that is new to this run, or has been in trouble, is first freed of what was left on it."""
    device = stack.ready_device()
    if pytestconfig.stash.get(DEVICE, None) is not device:
        device.restore_after_killed_run()
        pytestconfig.stash[DEVICE] = device
        pytestconfig.stash[ENVIRONMENT] = Environment.of(device, profile, pytestconfig.stash[PLAN].project)
    return device


@pytest.fixture(scope="session")
def session(stack: Stack, pytestconfig: pytest.Config) -> Iterator[Session]:
    """The Appium session of this worker."""
    ahead = ahead_of(pytestconfig)
    session = ahead.session if ahead is not None else Session(stack, pytestconfig.stash[PLAN].session_id)
    asked: list[Watcher | None] = [pytestconfig.stash.get(TRACE, None), pytestconfig.stash.get(FILM, None)]
    session.watchers = [watcher for watcher in asked if watcher is not None]
    pytestconfig.stash[SESSION] = session
    yield session
    session.close()


@pytest.fixture(scope="session")
def running_backend(toolchain: Toolchain) -> Iterator[Backend]:
    """The stub backend's process-wide instance."""
    with Backend(toolchain.authority) as backend:
        yield backend


@pytest.fixture
def stub(settings: Settings, request: pytest.FixtureRequest) -> Backend | None:
    """The stub backend, with no account and no request on record; None when the app logs in somewhere else.

    One that has died in an earlier scenario is started anew.
    """
    if settings.backend is not None:
        return None
    backend: Backend = request.getfixturevalue("running_backend")
    backend.revive()
    backend.reset()
    return backend


@pytest.fixture
def backend(stub: Backend | None, settings: Settings) -> Backend:
    """The stub backend, for what can't be seen or done without one."""
    if stub is None:
        raise NotServed(f"this needs the stub backend, and the app logs in to {settings.backend}")
    return stub


@pytest.fixture
def service(stub: Backend | None, settings: Settings) -> Destination:
    """Where the app logs in to."""
    return Destination(stub.address if stub is not None else str(settings.backend))


@pytest.fixture(scope="session")
def accounts(pytestconfig: pytest.Config) -> AccountsFile | None:
    """The test accounts at a service that is not the stub."""
    return pytestconfig.stash[PLAN].inputs.accounts


@pytest.fixture(scope="session")
def vault(pytestconfig: pytest.Config) -> Vault:
    """Every secret of the run."""
    return pytestconfig.stash[VAULT]


@pytest.fixture
def people(vault: Vault) -> People:
    """The personas of this scenario."""
    return People(vault)


@pytest.fixture
def members(
    stub: Backend | None,
    accounts: AccountsFile | None,
    people: People,
    vault: Vault,
    device: Device,
    toolchain: Toolchain,
) -> Iterator[Members]:
    """Who may log in in this scenario."""
    if stub is not None:
        yield Registered(people, stub)
        return
    assert accounts is not None
    leased = Leased(accounts, toolchain.root / "accounts", device.serial, vault)
    yield leased
    leased.release()


@pytest.fixture
def timeline() -> Timeline:
    """What happens in this scenario."""
    return Timeline()


@pytest.fixture
def app(
    profile: Profile,
    device: Device,
    service: Destination,
    stub: Backend | None,
    timeline: Timeline,
    screen: Screen,
    link: Link,
    pytestconfig: pytest.Config,
    request: pytest.FixtureRequest,
) -> AppUnderTest:
    """The app, freshly installed or cleared, not running."""
    app = AppUnderTest(profile, device, service.address, timeline)
    request.node.stash[UNREACHED] = partial(why_unreached, profile, service, screen, stub, link)
    request.node.stash[OUTSIDE_CAUSE] = partial(outside_cause, app, stub)
    app.reset()
    pytestconfig.stash[ENVIRONMENT].note_version(app)
    device.log.clear()
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


@pytest.fixture(scope="session")
def interceptor(settings: Settings, toolchain: Toolchain, stack: Stack) -> Iterator[Interceptor | None]:
    """What breaks a service that is not ours; None unless it was asked for."""
    if settings.intercept is None or settings.backend is None:
        yield None
        return
    set_up_interception(toolchain)
    with Interceptor(toolchain, settings.intercept, Destination(settings.backend), stack.logs) as running:
        yield running


@pytest.fixture
def entry() -> Entry:
    """What the member types."""
    return Entry()


@pytest.fixture
def bench(
    profile: Profile,
    device: Device,
    app: AppUnderTest,
    service: Destination,
    stub: Backend | None,
    link: Link,
    people: People,
    members: Members,
    entry: Entry,
    timeline: Timeline,
    interceptor: Interceptor | None,
) -> Bench:
    """What faults act on."""
    return Bench(profile, device, app, service, stub, link, people, members, entry, timeline, interceptor)


@pytest.fixture
def faults(bench: Bench, pytestconfig: pytest.Config, request: pytest.FixtureRequest) -> Iterator[FaultBoard]:
    """The faults of this scenario, restored after it whatever happens."""
    board = FaultBoard(bench, withheld=pytestconfig.stash[PLAN].without_faults)
    request.node.stash[BOARD] = board
    yield board
    board.restore_all()


@pytest.fixture
def screen(session: Session, settings: Settings, request: pytest.FixtureRequest) -> Screen:
    """The screen of the device."""

    def lateness() -> float:
        board = request.node.stash.get(BOARD, None)
        return board.lateness if board is not None else 0

    return Screen(lambda: session.driver, settings.wait, lateness)


@pytest.fixture
def evidence(vault: Vault, pytestconfig: pytest.Config) -> Evidence:
    """Where evidence goes."""
    return Evidence(vault, kept=bool(pytestconfig.getoption("allure_report_dir", default=None)))
