"""What masuk uses of pytest and pytest-bdd that is not their public interface, and that a new version may change.

A test names the versions with which all of it was tried.
"""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from _pytest.mark.expression import Expression
from _pytest.runner import runtestprotocol
from pytest_bdd.parser import ScenarioTemplate, Step
from pytest_bdd.scenario import (
    find_fixturedefs_for_step,
    get_step_function,
    make_python_name,
    parse_step_arguments,
    scenario_wrapper_template_registry,
)
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

__all__ = [
    "Expression",
    "ModuleInMemory",
    "ScenarioTemplate",
    "Step",
    "StepFunctionContext",
    "functions_for",
    "get_step_function",
    "make_python_name",
    "parse_step_arguments",
    "replace_file",
    "runtestprotocol",
    "scenario_wrapper_template_registry",
    "step_function_context_registry",
    "tear_down_to",
]


class ModuleInMemory(pytest.Module):
    """A module of tests that has no file of Python."""

    def made(self) -> ModuleType:
        """The module. A subclass has to have this."""
        raise NotImplementedError

    def _getobj(self) -> ModuleType:
        """What pytest looks for tests in."""
        return self.made()


def replace_file(writer: Any, wrap: Callable[[Any], Any]) -> None:
    """Let a terminal writer write to something else than its file."""
    writer._file = wrap(writer._file)


def functions_for(session: pytest.Session, item: pytest.Item, step: Step) -> list[Any]:
    """The definitions of the fixtures that pytest-bdd makes of functions whose words fit a step."""
    return list(find_fixturedefs_for_step(step, session._fixturemanager, item))


def tear_down_to(session: pytest.Session, item: pytest.Item | None) -> None:
    """End the fixtures that another item does not need; None means all."""
    session._setupstate.teardown_exact(item)
