"""Options of pytest's command line, and the plan of the run that they make together with masuk.toml."""

import re

import pytest
from allure_commons import plugin_manager as allure_hooks

from masuk.automation.film import Film
from masuk.automation.run_plan import RunPlan
from masuk.automation.trace import Trace
from masuk.base.errors import UsageError
from masuk.config.run_options import PYTEST_OPTIONS
from masuk.config.settings import Settings
from masuk.gherkin.checks import CHECKS
from masuk.plugin import masking, result_device, worker_plan
from masuk.plugin.run_outcome import RunOutcome
from masuk.plugin.stash import (
    ATTACHED,
    FILM,
    PLAN,
    PROJECT,
    STEPS,
    TRACE,
    VAULT,
    ahead_of,
    handed_over,
    is_worker,
    refusing,
)
from masuk.results.allure_bridge import Attachments, GherkinSteps
from masuk.secrets.vault import Vault


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options."""
    group = parser.getgroup("masuk", "login-failure scenarios")
    for option in PYTEST_OPTIONS:
        option.declare_to_pytest(group.addoption)
    group.addoption("--masuk-words", metavar="WORD", help="list the steps with this word, and run nothing; needs -s")


def pytest_configure(config: pytest.Config) -> None:
    """Take or make the plan, and register the tags that features may use."""
    for check, sentence in CHECKS.items():
        config.addinivalue_line("markers", f"{check}: {sentence}")
    ahead = ahead_of(config)
    vault = config.stash[VAULT] = Vault() if ahead is None else ahead.vault
    with refusing():
        plan = config.stash[PLAN] = _plan_of(config)
        # These say at once what is wrong.
        _ = plan.inputs.features, plan.inputs.accounts
        _demand_devices(plan.settings, config.getoption("numprocesses", None) or 1)
        if plan.settings.capability_file is not None:
            for secret in plan.settings.capability_file.secrets:
                vault.add(secret)
        _demand_tags(config)
    if plan.trace != "off":
        config.stash[TRACE] = Trace(vault.mask)
    if plan.video != "off":
        config.stash[FILM] = Film()
    config.stash[STEPS] = GherkinSteps()
    config.stash[ATTACHED] = Attachments()
    allure_hooks.register(config.stash[ATTACHED])
    config.add_cleanup(lambda: allure_hooks.unregister(config.stash[ATTACHED]))
    config.pluginmanager.register(RunOutcome(config), "masuk-ledger")
    config.pluginmanager.register(masking, "masuk-masking")
    config.pluginmanager.register(result_device, "masuk-result-device")


def _plan_of(config: pytest.Config) -> RunPlan:
    """The plan that was handed over by whoever has started pytest or this worker, or one of pytest's options."""
    if is_worker(config):
        return worker_plan.received(config)
    plan_given = handed_over(config, RunPlan)
    if plan_given is not None:
        return plan_given
    options = {option.name: config.getoption(option.pytest_name) for option in PYTEST_OPTIONS}
    return RunPlan.of(options, config.stash[PROJECT])


def _demand_tags(config: pytest.Config) -> None:
    """Raise UsageError for a tag that no scenario can have, since none of that name is registered."""
    registered = {re.split(r"[:(]", line)[0].strip() for line in config.getini("markers")}
    unknown = set(re.findall(r"\w+", config.getoption("markexpr"))) - registered - {"and", "or", "not"}
    if unknown:
        known = ", ".join(CHECKS)
        raise UsageError(
            f"{', '.join(sorted(unknown))}: no such tag. Checks are {known}; docs/checks.md explains them."
        )


def _demand_devices(settings: Settings, workers: int) -> None:
    """Raise UsageError when there are more workers than devices that are named for them."""
    if settings.avd is not None and workers > 1:
        raise UsageError("--avd starts one emulator, and several workers can't share it. Leave out -n.")
    serials = [offer.serial for offer in settings.offers if offer.serial is not None]
    if serials and workers > len(serials):
        cure = f"Try -n {len(serials)}" if len(serials) > 1 else "Leave out -n"
        raise UsageError(f"{workers} workers can't share {', '.join(serials)}. {cure}, or name more devices.")
