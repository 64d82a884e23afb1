"""What the plugin's parts share through pytest's config, and which tests are scenarios."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

import pytest

from masuk.automation.film import Film
from masuk.automation.prestart import Ahead
from masuk.automation.run_plan import RunPlan
from masuk.automation.run_processes import Stack
from masuk.automation.session import Session
from masuk.automation.trace import Trace
from masuk.base.errors import InfrastructureError, UsageError
from masuk.base.locations import Project
from masuk.device import Device
from masuk.faults.fault import FaultBoard
from masuk.gherkin.outline_rows import Row, shown
from masuk.gherkin.pytest_internals import ScenarioTemplate, scenario_wrapper_template_registry
from masuk.results.allure_bridge import Attachments, GherkinSteps
from masuk.results.allure_results import Environment
from masuk.results.flakiness import numbered
from masuk.results.verdict import Result
from masuk.secrets.vault import Vault

T = TypeVar("T")
PROJECT = pytest.StashKey[Project]()
"""Known before the plan."""
PLAN = pytest.StashKey[RunPlan]()
STACK = pytest.StashKey[Stack]()
DEVICE = pytest.StashKey[Device | None]()
"""The device that is known to be in order."""
EMPTY = pytest.StashKey[str]()
"""Why no scenario was chosen."""
SESSION = pytest.StashKey[Session]()
FILM = pytest.StashKey[Film]()
TRACE = pytest.StashKey[Trace]()
VAULT = pytest.StashKey[Vault]()
STEPS = pytest.StashKey[GherkinSteps]()
ATTACHED = pytest.StashKey[Attachments]()
ENVIRONMENT = pytest.StashKey[Environment]()
FINDING = "masuk"
"""The property of pytest's reports that carries what a phase of a scenario has found."""
ATTEMPTS = "masuk_attempts"
"""And what attempts have found that were followed by another."""
USAGE = "masuk_usage"
"""What a worker tells the process that has started it: why the choice of scenarios can't be right."""
REPETITION = "repetition"
"""The parameter of a test with the number of its repetition, from 1."""
EXAMPLE = "_pytest_bdd_example"
"""The parameter in which pytest-bdd keeps the row of an outline."""
OUTSIDE_CAUSE = pytest.StashKey[Callable[[], str | None]]()
"""Of a scenario's item: asks what else than the product explains what was seen."""
EXPLANATION = pytest.StashKey[InfrastructureError]()
"""Of a scenario's item: what did explain it, and stands in the place of the product's failure."""
BOARD = pytest.StashKey[FaultBoard]()
"""Of a scenario's item: its faults."""


@contextmanager
def refusing() -> Iterator[None]:
    """Let pytest end with our words and exit code 4, and not with a traceback."""
    try:
        yield
    except UsageError as error:
        raise pytest.UsageError(str(error)) from error


def findings_in(report: pytest.TestReport) -> list[Result]:
    """What the phase of a scenario has found; nothing for any other test."""
    return [Result.of(value) for name, value in report.user_properties if name == FINDING and isinstance(value, dict)]


def ahead_of(config: pytest.Config) -> Ahead | None:
    """What whoever has called pytest has begun for this run."""
    return handed_over(config, Ahead)


def handed_over(config: pytest.Config, kind: type[T]) -> T | None:
    """What whoever has called pytest has given to it of this kind, as a plugin."""
    return next((plugin for plugin in config.pluginmanager.get_plugins() if isinstance(plugin, kind)), None)


def is_worker(config: pytest.Config) -> bool:
    """Whether this process was started by pytest-xdist to run a part of the scenarios."""
    return hasattr(config, "workerinput")


class Home(NamedTuple):
    """Where a scenario is written."""

    path: Path
    name: str
    line: int


def home_of(item: pytest.Item) -> Home | None:
    """The feature file, name and line of a scenario, or None for any other test."""
    template = template_of(item)
    if template is None:
        return None
    return Home(Path(template.feature.filename).resolve(), template.name, template.line_number)


def title_of(item: pytest.Item) -> str:
    """The feature and the name of a scenario, with the row of an outline."""
    template = template_of(item)
    assert template is not None
    return f"{template.feature.name}: {name_of(item)}"


def name_of(item: pytest.Item) -> str:
    """The name of a scenario, with the row of an outline and the number of the repetition."""
    repetition = _parameter(item, REPETITION)
    return numbered(written_name_of(item), int(repetition)) if repetition else written_name_of(item)


def written_name_of(item: pytest.Item) -> str:
    """The name of a scenario, with the row of an outline as its table has it."""
    template = template_of(item)
    assert template is not None
    row = row_of(item)
    return f"{template.name} [{shown(row, _rows_of(template))}]" if row else template.name


def row_of(item: pytest.Item) -> Row:
    """The row of an outline that a scenario is made of. It is empty for any other scenario."""
    return cast(Row, _parameter(item, EXAMPLE) or {})


def _parameter(item: pytest.Item, name: str) -> Any:
    """The value of a parameter of the test, or None. Pytest's ids can't be used: it rewrites what is written."""
    return item.callspec.params.get(name) if hasattr(item, "callspec") else None


@cache
def _rows_of(template: ScenarioTemplate) -> list[Row]:
    return [row for examples in template.examples for row in examples.as_contexts()]


def is_scenario(function: object) -> bool:
    """Whether pytest-bdd has bound a scenario to a test function."""
    return function in scenario_wrapper_template_registry


def template_of(item: pytest.Item) -> ScenarioTemplate | None:
    """The scenario that pytest-bdd has bound to a test function, as its feature file has it."""
    function = getattr(item, "obj", None)
    return None if function is None else scenario_wrapper_template_registry.get(function)
