"""What the plugin's parts share through pytest's config, and which tests are scenarios."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_bdd.parser import ScenarioTemplate
from pytest_bdd.scenario import scenario_wrapper_template_registry

from masuk.ahead import Ahead
from masuk.device import Device
from masuk.errors import InfrastructureError
from masuk.evidence import Attached, GherkinSteps
from masuk.faults.fault import FaultBoard
from masuk.film import Film
from masuk.repeats import numbered
from masuk.report import Environment
from masuk.secrets import Vault
from masuk.services import Stack
from masuk.session import Session
from masuk.settings import Settings
from masuk.trace import Trace
from masuk.verdict import Result

STACK = pytest.StashKey[Stack]()
DEVICE = pytest.StashKey[Device | None]()
"""The device that is known to be in order."""
SETTINGS = pytest.StashKey[Settings]()
SESSION = pytest.StashKey[Session]()
FILM = pytest.StashKey[Film]()
TRACE = pytest.StashKey[Trace]()
VAULT = pytest.StashKey[Vault]()
STEPS = pytest.StashKey[GherkinSteps]()
ATTACHED = pytest.StashKey[Attached]()
ENVIRONMENT = pytest.StashKey[Environment]()
FINDING = "masuk"
"""The property of pytest's reports that carries what a phase of a scenario has found."""
ATTEMPTS = "masuk_attempts"
"""And what attempts have found that were followed by another."""
USAGE = "masuk_usage"
"""What a worker tells the process that has started it: why the choice of scenarios can't be right."""
REPETITION = "#"
"""Stands in a test's name before the number of its repetition."""
OUTSIDE_CAUSES = pytest.StashKey[dict[str, Callable[[], str | None]]]()
"""By the id of a scenario's test: what else than the product explains what was seen."""
EXPLANATIONS = pytest.StashKey[dict[str, InfrastructureError]]()
"""By the same: what did explain it, and stands in the place of the product's failure."""
BOARDS = pytest.StashKey[dict[str, FaultBoard]]()


def findings_in(report: pytest.TestReport) -> list[Result]:
    """What the phase of a scenario has found; nothing for any other test."""
    return [Result.of(value) for name, value in report.user_properties if name == FINDING and isinstance(value, dict)]


def ahead_of(config: pytest.Config) -> Ahead | None:
    """What whoever has called pytest has begun for this run."""
    return next((plugin for plugin in config.pluginmanager.get_plugins() if isinstance(plugin, Ahead)), None)


def is_worker(config: pytest.Config) -> bool:
    """Whether this process was started by pytest-xdist to run a part of the scenarios."""
    return hasattr(config, "workerinput")


def home_of(item: pytest.Item) -> tuple[Path, int] | None:
    """The feature file and line of a scenario, or None for any other test."""
    template = _template(item)
    return None if template is None else (Path(template.feature.filename).resolve(), template.line_number)


def title_of(item: pytest.Item) -> str:
    """The feature and the name of a scenario, with the row of an outline."""
    template = _template(item)
    assert template is not None
    row, _, repetition = item.name.partition("[")[2].removesuffix("]").rpartition(REPETITION)
    if not repetition.isdigit():
        row, repetition = row + repetition, ""
    title = f"{template.feature.name}: {template.name}" + (f" [{row.removesuffix('-')}]" if row else "")
    return numbered(title, int(repetition)) if repetition else title


def is_scenario(function: object) -> bool:
    """Whether pytest-bdd has bound a scenario to a test function."""
    return function in scenario_wrapper_template_registry


def _template(item: pytest.Item) -> ScenarioTemplate | None:
    """The scenario that pytest-bdd has bound to a test function, as its feature file has it."""
    function = getattr(item, "obj", None)
    return None if function is None else scenario_wrapper_template_registry.get(function)
