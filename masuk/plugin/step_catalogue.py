"""The words of scenarios. A step that nobody knows is told before anything is waited for, with what may be meant."""

import inspect
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pytest

from masuk.base.errors import UsageError
from masuk.base.locations import SUITE, Project
from masuk.gherkin.pytest_internals import (
    Step,
    StepFunctionContext,
    functions_for,
    parse_step_arguments,
    step_function_context_registry,
)
from masuk.plugin.stash import row_of, template_of


def demand_known(session: pytest.Session, items: Iterable[pytest.Item]) -> None:
    """Raise UsageError for the first step that has no function, or whose function does not understand a word of it."""
    known: set[tuple[str, str]] = set()
    for item in items:
        for step in _steps_of(item):
            if (step.type, step.name) not in known:
                _demand(session, item, step)
                known.add((step.type, step.name))


def listed(word: str, project: Project) -> Iterator[str]:
    """Every step with this word in it, by kind, and the place where it is defined."""
    contexts = list(step_function_context_registry.values())
    for kind in ("given", "when", "then"):
        those = [context for context in contexts if context.type in {kind, None}]
        found = {(context.parser.name, _place(context, project)) for context in those}
        for words, place in sorted(pair for pair in found if word.lower() in pair[0].lower()):
            yield f"{kind.capitalize():<5} {words:<76} {place}"


def _steps_of(item: pytest.Item) -> Iterator[Step]:
    template = template_of(item)
    if template is not None:
        yield from template.render(row_of(item)).steps


def _demand(session: pytest.Session, item: pytest.Item, step: Step) -> None:
    template = template_of(item)
    assert template is not None
    place = f"{template.feature.filename}:{step.line_number}"
    found = functions_for(session, item, step)
    if not found:
        raise UsageError(
            f'{place}: no step says "{step.keyword} {step.name}".{_meant(step)} `masuk steps` lists them all.'
        )
    try:
        parse_step_arguments(step, step_function_context_registry[found[-1].func])
    except UsageError as error:
        raise UsageError(f"{place}: {error}") from None


def _meant(step: Step) -> str:
    kind = [context for context in step_function_context_registry.values() if context.type in {step.type, None}]
    near = get_close_matches(step.name, {context.parser.name for context in kind}, n=3, cutoff=0.5)
    return f" Did you mean {' or '.join(map(repr, near))}?" if near else ""


def _place(context: StepFunctionContext, project: Project) -> str:
    function: Any = inspect.unwrap(context.step_func)
    code = function.__code__
    path = Path(code.co_filename)
    for root in (project.root, SUITE):
        if path.is_relative_to(root):
            return f"{path.relative_to(root)}:{code.co_firstlineno}"
    return f"{path}:{code.co_firstlineno}"
