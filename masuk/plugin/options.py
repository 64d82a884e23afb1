"""Options of pytest's command line, and the settings that they make together with masuk.toml."""

import re
from collections.abc import Sequence

import pytest
from allure_commons import plugin_manager as allure_hooks

from masuk.automation.film import Film
from masuk.automation.trace import Trace
from masuk.base.errors import UsageError
from masuk.base.whole_numbers import at_least
from masuk.config import settings as settings_module
from masuk.config.capabilities import Offer
from masuk.config.capabilities import load as read_capabilities
from masuk.config.evidence_policy import PICTURES, RECORDINGS
from masuk.gherkin.checks import CHECKS
from masuk.gherkin.suite import features_of
from masuk.plugin import masking, result_device
from masuk.plugin.run_outcome import Ledger
from masuk.plugin.stash import (
    ATTACHED,
    FILM,
    PROJECT,
    SETTINGS,
    STEPS,
    TRACE,
    VAULT,
    ahead_of,
    refusing,
)
from masuk.results.allure_bridge import Attached, GherkinSteps
from masuk.secrets.vault import Vault
from masuk.services.account_pool import load as load_accounts


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
    config.stash[STEPS] = GherkinSteps()
    config.stash[ATTACHED] = Attached()
    allure_hooks.register(config.stash[ATTACHED])
    config.add_cleanup(lambda: allure_hooks.unregister(config.stash[ATTACHED]))
    config.pluginmanager.register(Ledger(config), "masuk-ledger")
    config.pluginmanager.register(masking, "masuk-masking")
    config.pluginmanager.register(result_device, "masuk-result-device")
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
