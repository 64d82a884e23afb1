"""Scenarios in Allure: steps, pictures, and the evidence at the end."""

import contextlib
from functools import partial
from typing import Any, get_type_hints

import pytest
from allure_commons.types import AttachmentType

from masuk.automation.page import Page
from masuk.automation.screen import Screen
from masuk.automation.session import Session
from masuk.base.errors import InfrastructureError, NotServed
from masuk.base.locations import SUITE
from masuk.gherkin.checks import CHECKS
from masuk.gherkin.pytest_internals import get_step_function
from masuk.gherkin.step_arguments import Arguments
from masuk.plugin.interactive import hold, pause_before
from masuk.plugin.screenshots import look
from masuk.plugin.stash import (
    ATTACHED,
    BOARD,
    EXPLANATION,
    FILM,
    OUTSIDE_CAUSE,
    PLAN,
    STEPS,
    TRACE,
    VAULT,
    name_of,
)
from masuk.results.allure_bridge import Evidence
from masuk.services.backend import Backend


def pytest_bdd_before_scenario(request: pytest.FixtureRequest, feature: Any, scenario: Any) -> None:
    """Give the result its place in the report, and let Appium open a session while the rest is made ready."""
    if TRACE in request.config.stash:
        request.config.stash[TRACE].begin()
    if FILM in request.config.stash:
        request.config.stash[FILM].begin(partial(look, request))
    docs = request.config.stash[PLAN].settings.docs_url or (SUITE / "docs").as_uri()
    checks = {tag: f"{docs}/checks.md" for tag in sorted({*feature.tags, *scenario.tags}) if tag in CHECKS}
    request.config.stash[STEPS].describe(
        feature.name, name_of(request.node), (feature.description or "").strip(), checks
    )
    _demand_what_steps_need(request, scenario)
    session: Session = request.getfixturevalue("session")
    session.open_ahead()


def pytest_bdd_before_step(request: pytest.FixtureRequest, scenario: Any, step: Any) -> None:
    """Open the step. Before an assertion, faults are asked whether the app has met them."""
    if request.config.stash[PLAN].step:
        pause_before(request, scenario.steps, step)
    steps = request.config.stash[STEPS]
    steps.begin(f"{step.keyword} {step.name}")
    board = request.node.stash.get(BOARD, None)
    if step.type == "then" and board is not None:
        try:
            board.confirm()
        except InfrastructureError as error:
            _end(request, step, error)
            raise


def pytest_bdd_after_step(request: pytest.FixtureRequest, step: Any, step_func_args: dict[str, Any]) -> None:
    """Close the step; one that has looked at the screen, with a picture of what it saw."""
    looked = any(isinstance(thing, Screen | Page) for thing in step_func_args.values())
    if step.type == "then" and looked and request.config.stash[PLAN].screenshots == "on":
        _picture(request, "screen")
    _end(request, step)


def pytest_bdd_step_error(request: pytest.FixtureRequest, scenario: Any, step: Any, exception: BaseException) -> None:
    """Close the step with what it raised, and show the steps that did not run."""
    steps = request.config.stash[STEPS]
    if isinstance(exception, AssertionError):
        explanation = _outside_explanation(request, exception)
        if explanation is not None:
            request.node.stash[EXPLANATION] = explanation
    if request.config.stash[PLAN].screenshots != "off":
        attached = request.config.stash[ATTACHED]
        attached.newest = None
        _picture(request, "screen at the failure")
        steps.picture = attached.newest
    evidence: Evidence = request.getfixturevalue("evidence")
    evidence.collect("screen tree", request.getfixturevalue("screen").source, AttachmentType.XML)
    _end(request, step, exception)
    _show_skipped(request, scenario, step)
    if request.config.stash[PLAN].keep:
        hold(request, exception)


def pytest_bdd_after_scenario(request: pytest.FixtureRequest) -> None:
    """Keep the evidence while the world is still as the scenario left it."""
    evidence: Evidence = request.getfixturevalue("evidence")
    used = request.fixturenames
    stub = request.getfixturevalue("stub") if "stub" in used else None
    if stub is not None:
        evidence.collect("backend transcript", stub.journal.transcript)
    if "device" in used:
        evidence.collect("logcat", request.getfixturevalue("device").log.text)
    failed = request.config.stash[STEPS].failed
    trace, film = request.config.stash.get(TRACE, None), request.config.stash.get(FILM, None)
    if trace is not None and (failed or request.config.stash[PLAN].trace == "on"):
        evidence.text("Appium calls", str(trace))
    if film is not None and (failed or request.config.stash[PLAN].video == "on"):
        evidence.collect("film", lambda: film.as_png() or film.refused or "nothing was done")
        if film.refused is not None:
            evidence.text("film (pictures are missing)", film.refused)
    if "faults" in used:
        # The finalizer of the fixture would do it too late to be seen in the timeline; it raises what fails here.
        with contextlib.suppress(InfrastructureError):
            request.getfixturevalue("faults").restore_all()
    evidence.text("fault timeline", str(request.getfixturevalue("timeline")))


def _outside_explanation(request: pytest.FixtureRequest, failure: AssertionError) -> InfrastructureError | None:
    """What else than the product explains a failure, asked while the faults are still in force.

    Faults are asked again: at the step's begin the app may not have come as far as to meet them.
    """
    board = request.node.stash.get(BOARD, None)
    try:
        if board is not None:
            board.doubt()
    except InfrastructureError as doubt:
        return doubt
    outside_cause = request.node.stash.get(OUTSIDE_CAUSE, None)
    cause = outside_cause() if outside_cause else None
    if cause is None:
        return None
    return InfrastructureError(f"{cause[0].upper()}{cause[1:]}. So nothing is said by this: {failure}")


def _demand_what_steps_need(request: pytest.FixtureRequest, scenario: Any) -> None:
    """Skip a scenario with a step that looks into the stub where there is none, before anything is done to an account.

    Raises NotServed.
    """
    service = request.config.stash[PLAN].settings.backend
    if service is None:
        return
    for step in scenario.steps:
        context = get_step_function(request=request, step=step)
        if context is not None and Backend in get_type_hints(context.step_func).values():
            raise NotServed(f'"{step.name}" needs the stub backend, and the app logs in to {service}')


def _picture(request: pytest.FixtureRequest, name: str) -> None:
    evidence: Evidence = request.getfixturevalue("evidence")
    evidence.collect(name, partial(look, request))


def _show_skipped(request: pytest.FixtureRequest, scenario: Any, failed: Any) -> None:
    for step in scenario.steps[scenario.steps.index(failed) + 1 :]:
        request.config.stash[STEPS].begin(f"{step.keyword} {step.name}")
        _end(request, step, pytest.skip.Exception("not reached"), reached=False)


def _end(
    request: pytest.FixtureRequest, step: Any, error: BaseException | None = None, *, reached: bool = True
) -> None:
    """Close the step, with its data table and its doc string.

    Not earlier, since a step may have made known what is secret in them.
    """
    table = [[str(cell or "") for cell in row] for row in step.datatable.raw()] if step.datatable else []
    given = Arguments(table, step.docstring or "").masked(request.config.stash[VAULT].mask)
    evidence: Evidence = request.getfixturevalue("evidence")
    if given.table:
        evidence.text("data table", given.csv(), AttachmentType.CSV)
    if given.text:
        evidence.text("doc string", given.text)
    request.config.stash[STEPS].end(error, reached=reached, below=given.lines())
