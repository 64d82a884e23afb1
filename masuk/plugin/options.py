"""Options of pytest's command line, and the settings that they make together with masuk.toml."""

import re
from collections.abc import Sequence

import pytest
from allure_commons import plugin_manager as allure_hooks

from masuk.automation.film import Film
from masuk.automation.trace import Trace
from masuk.base.errors import UsageError
from masuk.config import settings as settings_module
from masuk.config.capabilities import Offer
from masuk.config.capabilities import load as read_capabilities
from masuk.config.run_options import RUN_OPTIONS
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
from masuk.results.allure_bridge import Attachments, GherkinSteps
from masuk.secrets.vault import Vault
from masuk.services.account_pool import load as load_accounts


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options."""
    group = parser.getgroup("masuk", "login-failure scenarios")
    for option in RUN_OPTIONS:
        option.declare_to_pytest(group.addoption)
    group.addoption("--masuk-scenario", action="append", default=[], metavar="FILE[:LINE]", help="only these scenarios")
    group.addoption("--masuk-failed-of", metavar="FILE", help="only the scenarios that did not pass by these verdicts")
    group.addoption("--masuk-step", action="store_true", help="wait for Enter before each step; needs -s")
    group.addoption(
        "--masuk-keep", action="store_true", help="leave everything as it was at the first failure; needs -s"
    )
    group.addoption(
        "--masuk-session-id", metavar="ID", help="an open session of the Appium server, to use and leave open"
    )
    group.addoption("--masuk-words", metavar="WORD", help="list the steps with this word, and run nothing; needs -s")
    group.addoption(
        "--masuk-run-folder", metavar="FOLDER", help="where logs go; its name tells this run's devices apart"
    )
    group.addoption("--masuk-report", metavar="FOLDER", help="where the Allure report goes; needs --alluredir")


def pytest_configure(config: pytest.Config) -> None:
    """Read the settings and register the tags that features may use."""
    for check, sentence in CHECKS.items():
        config.addinivalue_line("markers", f"{check}: {sentence}")
    ahead = ahead_of(config)
    config.stash[VAULT] = Vault() if ahead is None else ahead.vault
    if config.getoption("masuk_trace") != "off":
        config.stash[TRACE] = Trace(config.stash[VAULT].mask)
    if config.getoption("masuk_video") != "off":
        config.stash[FILM] = Film()
    config.stash[STEPS] = GherkinSteps()
    config.stash[ATTACHED] = Attachments()
    allure_hooks.register(config.stash[ATTACHED])
    config.add_cleanup(lambda: allure_hooks.unregister(config.stash[ATTACHED]))
    config.pluginmanager.register(Ledger(config), "masuk-ledger")
    config.pluginmanager.register(masking, "masuk-masking")
    config.pluginmanager.register(result_device, "masuk-result-device")
    options = {key: config.getoption(f"masuk_{key}", None) for key in settings_module.Settings.model_fields}
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
