"""The pytest plugin: options, fixtures and hooks. The only module that knows pytest.

Fixtures are rungs of a ladder, each of which a conftest may override: settings → toolchain → stack → device → session →
screen; profile → app; backend; vault → people; timeline → faults.
"""

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from allure_commons.types import AttachmentType
from pytest_bdd.parser import ScenarioTemplate
from pytest_bdd.scenario import scenario_wrapper_template_registry

from masuk import profile as profiles
from masuk import settings as settings_module
from masuk.app import AppUnderTest
from masuk.backend import Backend
from masuk.checks import CHECKS
from masuk.device import Device
from masuk.errors import InfrastructureError, MasukError, UsageError
from masuk.evidence import Evidence, GherkinSteps
from masuk.faults.fault import FaultBoard
from masuk.people import People
from masuk.profile import Profile
from masuk.report import Environment, generate
from masuk.screen import Screen
from masuk.secrets import Vault
from masuk.selection import Place, chosen
from masuk.services import Stack
from masuk.session import Session
from masuk.settings import Settings
from masuk.timeline import Timeline
from masuk.toolchain import CHECKOUT, Toolchain
from masuk.verdict import Result, Verdict, exit_code, of_error

STACK = pytest.StashKey[Stack]()
SETTINGS = pytest.StashKey[Settings]()
VAULT = pytest.StashKey[Vault]()
RESULTS = pytest.StashKey[dict[str, Result]]()
STEPS = pytest.StashKey[GherkinSteps]()
ENVIRONMENT = pytest.StashKey[Environment]()
REPORT = pytest.StashKey[Path]()
LOG_TAIL = 200


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options."""
    group = parser.getgroup("masuk", "login-failure scenarios")
    group.addoption("--device", help="serial of a device, or `handset` for one that is started for the run")
    group.addoption("--appium-url", help="a running Appium server, instead of one that is started for the run")
    group.addoption("--profile", help="TOML file of the app under test")
    group.addoption("--scenario", action="append", default=[], metavar="FILE[:LINE]", help="only these scenarios")
    group.addoption("--report", metavar="FOLDER", help="where the Allure report goes; needs --alluredir")


def pytest_configure(config: pytest.Config) -> None:
    """Read the settings and register the tags that features may use."""
    for check, sentence in CHECKS.items():
        config.addinivalue_line("markers", f"{check}: {sentence}")
    config.stash[VAULT] = Vault()
    config.stash[RESULTS] = {}
    config.stash[STEPS] = GherkinSteps()
    options = {key: config.getoption(key) for key in ("device", "appium_url", "profile")}
    try:
        config.stash[SETTINGS] = settings_module.load(CHECKOUT, options)
    except UsageError as error:
        raise pytest.UsageError(str(error)) from error


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the scenarios that --scenario names."""
    wanted = config.getoption("scenario")
    if not wanted:
        return
    homes = {item: home for item in items if (home := _home(item))}
    lines: dict[Path, list[int]] = {}
    for path, line in homes.values():
        lines.setdefault(path, []).append(line)
    try:
        keep = chosen([Place.parse(text) for text in wanted], lines)
    except UsageError as error:
        raise pytest.UsageError(str(error)) from error
    config.hook.pytest_deselected(items=[item for item in items if homes.get(item) not in keep])
    items[:] = [item for item in items if homes.get(item) in keep]


def pytest_collection_finish(session: pytest.Session) -> None:
    """Start device and Appium as soon as it is known that they are needed, without waiting for them."""
    config = session.config
    if config.option.collectonly or not any(_home(item) for item in session.items):
        return
    toolchain = Toolchain.default()
    stack = Stack(config.stash[SETTINGS], toolchain, toolchain.root / "logs")
    config.stash[STACK] = stack
    stack.start()


def pytest_unconfigure(config: pytest.Config) -> None:
    """End what was started, however the run ended."""
    stack = config.stash.get(STACK, None)
    if stack is not None:
        stack.stop()


# Fixtures


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
    return profiles.load(CHECKOUT / settings.profile, CHECKOUT)


@pytest.fixture(scope="session")
def device(stack: Stack, pytestconfig: pytest.Config, profile: Profile) -> Device:
    """The device, with the network that a killed run may have left off."""
    device = stack.device
    device.restore_network()
    pytestconfig.stash[ENVIRONMENT] = Environment.of(device, profile)
    return device


@pytest.fixture(scope="session")
def session(stack: Stack) -> Iterator[Session]:
    """The Appium session of this worker."""
    session = Session(stack)
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
def app(profile: Profile, device: Device, backend: Backend, timeline: Timeline) -> AppUnderTest:
    """The app, freshly installed or cleared, not running."""
    app = AppUnderTest(profile, device, backend.address, timeline)
    app.reset()
    device.clear_log()
    return app


@pytest.fixture
def faults(timeline: Timeline) -> Iterator[FaultBoard]:
    """The faults of this scenario, restored after it whatever happens."""
    board = FaultBoard(timeline)
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


# Gherkin in Allure


def pytest_bdd_before_scenario(request: pytest.FixtureRequest, feature: Any, scenario: Any) -> None:
    """Give the result its place in the report."""
    request.config.stash[STEPS].describe(feature.name, scenario.name, scenario.tags | feature.tags)


def pytest_bdd_before_step(request: pytest.FixtureRequest, step: Any) -> None:
    """Open the step."""
    request.config.stash[STEPS].begin(f"{step.keyword} {step.name}")


def pytest_bdd_after_step(request: pytest.FixtureRequest, step: Any) -> None:
    """Close the step, with a picture of what it saw."""
    if step.type == "then":
        _picture(request, "screen")
    request.config.stash[STEPS].end()


def pytest_bdd_step_error(request: pytest.FixtureRequest, scenario: Any, step: Any, exception: BaseException) -> None:
    """Close the step with what it raised, and show the steps that did not run."""
    steps = request.config.stash[STEPS]
    _picture(request, "screen at the failure")
    steps.end(exception)
    _show_skipped(steps, scenario, step)


def pytest_bdd_step_func_lookup_error(
    request: pytest.FixtureRequest, scenario: Any, step: Any, exception: BaseException
) -> None:
    """Show the step that has no function."""
    steps = request.config.stash[STEPS]
    steps.begin(f"{step.keyword} {step.name}")
    steps.end(exception)
    _show_skipped(steps, scenario, step)


def pytest_bdd_after_scenario(request: pytest.FixtureRequest) -> None:
    """Keep the evidence while the world is still as the scenario left it."""
    evidence: Evidence = request.getfixturevalue("evidence")
    evidence.text("fault timeline", str(request.getfixturevalue("timeline")))
    used = request.fixturenames
    if "screen" in used:
        evidence.collect("screen tree", request.getfixturevalue("screen").source, AttachmentType.XML)
    if "backend" in used:
        evidence.collect("backend transcript", request.getfixturevalue("backend").journal.transcript)
    if "device" in used:
        evidence.collect("logcat", request.getfixturevalue("device").log)


def _picture(request: pytest.FixtureRequest, name: str) -> None:
    evidence: Evidence = request.getfixturevalue("evidence")
    evidence.collect(name, request.getfixturevalue("screen").screenshot)


def _show_skipped(steps: GherkinSteps, scenario: Any, failed: Any) -> None:
    for step in scenario.steps[scenario.steps.index(failed) + 1 :]:
        steps.begin(f"{step.keyword} {step.name}")
        steps.end(pytest.skip.Exception("not reached"))


# Verdicts


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, None]:
    """Judge the scenario; a later phase can only make it worse."""
    outcome = yield
    if _home(item) is None:
        return
    results = item.config.stash[RESULTS]
    before = results.get(item.nodeid)
    seconds = (before.seconds if before else 0) + call.duration
    verdict, reason = (before.verdict, before.reason) if before else (Verdict.PASSED, "")
    error = call.excinfo.value if call.excinfo else None
    if isinstance(error, pytest.skip.Exception):
        verdict, reason = Verdict.SKIPPED, str(error)
    elif error is not None and verdict in {Verdict.PASSED, Verdict.SKIPPED}:
        verdict = of_error(error) if call.when == "call" else _not_product(of_error(error))
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        _after_failure(item, verdict)
    results[item.nodeid] = Result(_title(item), verdict, seconds, item.config.stash[VAULT].mask(reason))
    _shorten(outcome.get_result(), error)


def _after_failure(item: pytest.Item, verdict: Verdict) -> None:
    """After trouble with the infrastructure: open a new session, and keep what Appium said."""
    if verdict is Verdict.PRODUCT:
        return
    session: Session | None = getattr(item, "funcargs", {}).get("session")
    if session is not None:
        session.discard()
    stack = item.config.stash.get(STACK, None)
    if stack is not None and stack.appium is not None:
        Evidence(item.config.stash[VAULT]).text("Appium log (end)", stack.appium.tail(LOG_TAIL))


def _shorten(report: pytest.TestReport, error: BaseException | None) -> None:
    """Errors that are written for people need no traceback."""
    if isinstance(error, MasukError):
        report.longrepr = f"{type(error).__name__}: {error}"


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Decide the exit code, search the artefacts for secrets, and make the report."""
    config = session.config
    results = config.stash[RESULTS]
    if not results:
        return
    others_failed = session.testsfailed > sum(
        result.verdict not in {Verdict.PASSED, Verdict.SKIPPED} for result in results.values()
    )
    if session.exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED} and not others_failed:
        session.exitstatus = exit_code(results.values())
    try:
        _make_report(config)
    except InfrastructureError as error:
        session.exitstatus = max(int(session.exitstatus), 3)
        config.get_terminal_writer().line(f"\n{type(error).__name__}: {error}", red=True)


def _make_report(config: pytest.Config) -> None:
    results = config.getoption("allure_report_dir", default=None)
    target = config.getoption("report")
    if not results:
        return
    vault = config.stash[VAULT]
    environment = config.stash.get(ENVIRONMENT, None)
    if environment is not None:
        environment.write(Path(results))
    vault.demand_clean(Path(results))
    if target:
        config.stash[REPORT] = generate(Toolchain.default(), Path(results), Path(target))
        vault.demand_clean(Path(target))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print the table: scenario, verdict, seconds; and where the report is."""
    results = list(config.stash[RESULTS].values())
    if not results:
        return
    terminalreporter.section("scenarios")
    width = max(len(result.scenario) for result in results)
    for result in results:
        passed = result.verdict is Verdict.PASSED
        line = f"{result.scenario:<{width}}  {result.verdict.value:<22}  {result.seconds:6.1f} s"
        terminalreporter.write_line(line, green=passed, red=not passed and result.verdict is not Verdict.SKIPPED)
        if result.reason:
            terminalreporter.write_line(f"    {result.reason}")
    report = config.stash.get(REPORT, None)
    if report is not None:
        terminalreporter.write_line(f"\nreport: {report}")


def _not_product(verdict: Verdict) -> Verdict:
    """A failed assertion outside of the scenario's steps says nothing about the product."""
    return Verdict.INFRASTRUCTURE if verdict is Verdict.PRODUCT else verdict


def _home(item: pytest.Item) -> tuple[Path, int] | None:
    """The feature file and line of a scenario, or None for any other test."""
    template = _template(item)
    return None if template is None else (Path(template.feature.filename).resolve(), template.line_number)


def _template(item: pytest.Item) -> ScenarioTemplate | None:
    """The scenario that pytest-bdd has bound to a test function, as its feature file has it."""
    return scenario_wrapper_template_registry.get(getattr(item, "obj", None))


def _title(item: pytest.Item) -> str:
    template = _template(item)
    assert template is not None
    parameters = item.name.partition("[")[2].removesuffix("]")
    return f"{template.feature.name}: {template.name}" + (f" [{parameters}]" if parameters else "")
