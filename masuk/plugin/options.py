"""Options of the command line, the choice of scenarios, and the processes of a run."""

import gc
import re
from collections.abc import Generator, Sequence
from pathlib import Path

import pytest
from allure_commons import plugin_manager as allure_hooks
from pytest_bdd.scenario import make_python_name

from masuk.automation.environment import Stack
from masuk.automation.film import Film
from masuk.automation.trace import Trace
from masuk.base.cli_types import at_least
from masuk.base.errors import UsageError
from masuk.base.run_folder import RunFolder
from masuk.config import settings as settings_module
from masuk.config.capabilities import Offer
from masuk.config.capabilities import load as read_capabilities
from masuk.config.evidence_policy import PICTURES, RECORDINGS
from masuk.device.leases import Use
from masuk.gherkin.checks import CHECKS
from masuk.gherkin.selection import Place, chosen
from masuk.gherkin.sharding import Shard
from masuk.gherkin.suite import features_of
from masuk.plugin import masking, placing
from masuk.plugin.collection import drop_left_out
from masuk.plugin.results import Ledger
from masuk.plugin.stash import (
    ATTACHED,
    BOARDS,
    EMPTY,
    EXPLANATIONS,
    FILM,
    OUTSIDE_CAUSES,
    PROJECT,
    REPETITION,
    SETTINGS,
    STACK,
    STEPS,
    TRACE,
    USAGE,
    VAULT,
    ahead_of,
    home_of,
    is_scenario,
    is_worker,
    refusing,
    title_of,
    written_name_of,
)
from masuk.plugin.step_catalogue import demand_known, listed
from masuk.results.allure_bridge import Attached, GherkinSteps
from masuk.results.verdict import Verdict
from masuk.results.verdict import read_earlier as read_verdicts
from masuk.secrets.vault import Vault
from masuk.services.account_pool import load as load_accounts
from masuk.toolchain.installer import Toolchain


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options."""
    group = parser.getgroup("masuk", "login-failure scenarios")
    group.addoption("--device", help="serial of a device, several with commas, or `handset` for one that is started")
    group.addoption("--avd", metavar="NAME", help="an Android virtual device, started for the run without a window")
    group.addoption("--appium-url", help="a running Appium server or Grid, instead of one that is started")
    group.addoption("--capabilities", metavar="FILE", help="what sessions ask for beside our own, and the devices")
    group.addoption("--apk", metavar="FILE", help="a build to test in the place of the profile's")
    group.addoption("--previous", metavar="FILE", help="the build that upgrade scenarios begin with")
    group.addoption("--backend", metavar="URL", help="where the app logs in to, instead of the stub backend")
    group.addoption("--accounts", metavar="FILE", help="TOML file of test accounts at that backend")
    group.addoption("--intercept", metavar="FILE", help="authority (PEM) that the build trusts, to break that backend")
    group.addoption("--verdicts", metavar="FILE", help="where the verdicts go as JSON")
    group.addoption("--wait", metavar="SECONDS", help="how long a screen may take to show what a step expects")
    group.addoption("--profile", help="TOML file of the app under test")
    group.addoption("--scenario", action="append", default=[], metavar="FILE[:LINE]", help="only these scenarios")
    group.addoption(
        "--without-faults", action="store_true", help="withhold every fault: each scenario about one must then fail"
    )
    group.addoption("--repeat", type=at_least(1), metavar="N", help="run each scenario N times")
    group.addoption(
        "--retries", type=at_least(0), metavar="N", help="how often to try a scenario again whose tools have failed"
    )
    group.addoption("--shard", metavar="N/COUNT", help="only this part of the scenarios, such as 2/5")
    group.addoption("--failed-of", metavar="FILE", help="only the scenarios that did not pass by these verdicts")
    group.addoption("--durations-of", metavar="FILE", help="verdicts of an earlier run, for parts that take as long")
    group.addoption("--screenshots", choices=PICTURES, default="on", help="pictures of what steps have seen")
    group.addoption("--appium-trace", choices=RECORDINGS, default="off", help="every call to Appium with its time")
    group.addoption("--video", choices=RECORDINGS, default="off", help="a film of each scenario, frame by action")
    group.addoption("--step", action="store_true", help="wait for Enter before each step; needs -s")
    group.addoption("--keep", action="store_true", help="leave everything as it was at the first failure; needs -s")
    group.addoption("--session-id", metavar="ID", help="an open session of the Appium server, to use and leave open")
    group.addoption("--words", metavar="WORD", help="list the steps with this word, and run nothing; needs -s")
    group.addoption("--run-folder", metavar="FOLDER", help="where logs go; its name tells this run's devices apart")
    group.addoption("--report", metavar="FOLDER", help="where the Allure report goes; needs --alluredir")


def pytest_configure(config: pytest.Config) -> None:
    """Read the settings and register the tags that features may use."""
    for check, sentence in CHECKS.items():
        config.addinivalue_line("markers", f"{check}: {sentence}")
    ahead = ahead_of(config)
    config.stash[VAULT] = Vault() if ahead is None else ahead.vault
    if config.getoption("appium_trace") != "off":
        config.stash[TRACE] = Trace(config.stash[VAULT].mask)
    if config.getoption("video") != "off":
        config.stash[FILM] = Film()
    config.stash[BOARDS] = {}
    config.stash[OUTSIDE_CAUSES] = {}
    config.stash[EXPLANATIONS] = {}
    config.stash[STEPS] = GherkinSteps()
    config.stash[ATTACHED] = Attached()
    allure_hooks.register(config.stash[ATTACHED])
    config.add_cleanup(lambda: allure_hooks.unregister(config.stash[ATTACHED]))
    config.pluginmanager.register(Ledger(config), "masuk-ledger")
    config.pluginmanager.register(masking, "masuk-masking")
    config.pluginmanager.register(placing, "masuk-placing")
    options = {key: config.getoption(key, None) for key in settings_module.Settings.model_fields}
    with refusing():
        settings = config.stash[SETTINGS] = settings_module.load(config.stash[PROJECT], options)
        # These say at once what is wrong.
        features_of(config.stash[PROJECT], settings.leave_out)
        if settings.accounts is not None:
            load_accounts(settings.accounts)
        workers = config.getoption("numprocesses", None) or 1
        _demand_devices(settings.offers(), workers)
        if settings.avd is not None and workers > 1:
            raise UsageError("--avd starts one emulator, and several workers can't share it. Leave out -n.")
        if settings.capabilities is not None:
            for secret in read_capabilities(settings.capabilities).secrets:
                config.stash[VAULT].add(secret)
        _demand_tags(config)


def _demand_tags(config: pytest.Config) -> None:
    """Raise UsageError for a tag that no scenario can have, since none of that name is registered."""
    registered = {re.split(r"[:(]", line)[0].strip() for line in config.getini("markers")}
    unknown = set(re.findall(r"\w+", config.getoption("markexpr"))) - registered - {"and", "or", "not"}
    if unknown:
        known = ", ".join(CHECKS)
        raise UsageError(
            f"{', '.join(sorted(unknown))}: no such tag. Checks are {known}; docs/checks.md explains them."
        )


def _demand_devices(offers: Sequence[Offer], workers: int) -> None:
    """Raise UsageError when there are more workers than devices that are named for them."""
    serials = [offer.serial for offer in offers if offer.serial is not None]
    if serials and workers > len(serials):
        cure = f"Try -n {len(serials)}" if len(serials) > 1 else "Leave out -n"
        raise UsageError(f"{workers} workers can't share {', '.join(serials)}. {cure}, or name more devices.")


def pytest_sessionstart() -> None:
    """Search for garbage from now on, but not among what was loaded."""
    gc.freeze()
    gc.enable()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make a scenario as many tests as it is to be repeated."""
    count = metafunc.config.getoption("repeat")
    if count and is_scenario(metafunc.function):
        metafunc.fixturenames.append(REPETITION)
        times = range(1, count + 1)
        metafunc.parametrize(REPETITION, times, ids=[f"#{time}" for time in times])


def pytest_itemcollected(item: pytest.Item) -> None:
    """Let -k find a scenario by its name and row as they are written. Pytest escapes them in its ids.

    `masuk run -k` turns words that are no expression into a name of Python's, so that has to be found too.
    """
    if home_of(item):
        name = written_name_of(item)
        item.extra_keyword_matches.update({name, make_python_name(name)})


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Let the process that has started a worker know of what was wrong with the choice of scenarios."""
    try:
        return (yield)
    except pytest.UsageError as error:
        if is_worker(session.config):
            session.config.workeroutput[USAGE] = str(error)  # type: ignore[attr-defined]
        raise


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the scenarios that --scenario names, and of them those of this part of the run."""
    drop_left_out(config, items)
    _keep_named(config, items)
    _keep_failed(config, items)
    _keep_shard(config, items)


def _why_none(config: pytest.Config) -> str:
    """Which of the choices leaves nothing; they are told together, since each may be what does."""
    choices = {
        "keyword": "no scenario has {!r} in its name",
        "markexpr": "no scenario has the tags {!r}",
        "failed_of": "nothing of it has failed in the last run",
        "shard": "nothing falls into the part {}",
    }
    told = [words.format(value) for name, words in choices.items() if (value := config.getoption(name, None))]
    return ", or ".join(told) or "no scenario was chosen"


def _keep_named(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = config.getoption("scenario")
    if not wanted:
        return
    homes = {item: home for item in items if (home := home_of(item))}
    names: dict[Path, set[str]] = {}
    for home in homes.values():
        names.setdefault(home.path, set()).add(home.name)
    with refusing():
        keep = chosen([Place.parse(text) for text in wanted], names)
    _keep(config, items, {item for item, home in homes.items() if (home.path, home.name) in keep})


def _keep_failed(config: pytest.Config, items: list[pytest.Item]) -> None:
    verdicts = config.getoption("failed_of")
    if not verdicts:
        return
    with refusing():
        found = read_verdicts(Path(verdicts))
    failed = {result.scenario for result in found if result.verdict not in {Verdict.PASSED, Verdict.SKIPPED}}
    _keep(config, items, {item for item in items if home_of(item) and title_of(item) in failed})


def _keep_shard(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = config.getoption("shard")
    if not wanted:
        return
    titles = {item: title_of(item) for item in items if home_of(item)}
    durations = config.getoption("durations_of")
    with refusing():
        known = read_verdicts(Path(durations)) if durations else []
        mine = Shard.parse(wanted).of(titles.values(), {result.scenario: result.seconds for result in known})
    _keep(config, items, {item for item, title in titles.items() if title in mine})


def _keep(config: pytest.Config, items: list[pytest.Item], chosen: set[pytest.Item]) -> None:
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = [item for item in items if item in chosen]


def pytest_collection_finish(session: pytest.Session) -> None:
    """Start device and Appium as soon as it is known that they are needed, without waiting for them."""
    config = session.config
    if not session.items:
        config.stash[EMPTY] = f"{_why_none(config)}."
    words = config.getoption("words")
    if words is not None:
        found = "\n".join(listed(words, config.stash[PROJECT]))
        print(found or f"No step has {words!r} in it. `masuk steps` lists them all.")
        session.items.clear()
    with refusing():
        demand_known(session, session.items)
    if config.option.collectonly or not any(home_of(item) for item in session.items):
        return
    ahead = ahead_of(config)
    if ahead is not None:
        config.stash[STACK] = ahead.stack
        return
    toolchain, project = Toolchain.default(), config.stash[PROJECT]
    worker: str | None = getattr(config, "workerinput", {}).get("workerid")
    folder = RunFolder(Path(config.getoption("run_folder") or project.work))
    # Whoever has opened the session has the device too.
    use = Use.RUN if config.getoption("session_id") is None else None
    stack = config.stash[STACK] = Stack.of_run(
        config.stash[SETTINGS], toolchain, project, folder, worker, use, config.stash[VAULT].mask
    )
    config.add_cleanup(stack.stop)
    stack.start()
