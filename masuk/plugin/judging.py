"""What a scenario has shown: the verdict on each of its phases, and what is said about a failure."""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from masuk.base.errors import FaultNotProven, InfrastructureError, MasukError, NotServed
from masuk.base.locations import SUITE
from masuk.plugin.stash import (
    BOARD,
    DEVICE,
    ENVIRONMENT,
    EXPLANATION,
    FINDING,
    PLAN,
    SESSION,
    STACK,
    STEPS,
    VAULT,
    home_of,
    title_of,
)
from masuk.plugin.unreached import unreached
from masuk.results.allure_bridge import Evidence
from masuk.results.verdict import NO_DEVICE, Result, Verdict, of_error

LOG_TAIL = 200


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, None]:
    """Judge a phase of a scenario."""
    vault = item.config.stash[VAULT]
    if call.when == "call":
        explanation = _replacement(item, call.excinfo.value if call.excinfo else None)
        if explanation is not None:
            call.excinfo = _raised(explanation, call.excinfo)
    outcome = yield
    if home_of(item) is None:
        return
    report: pytest.TestReport = outcome.get_result()
    error = call.excinfo.value if call.excinfo else None
    verdict, reason = _verdict_on(error, call.when)
    board = item.stash.get(BOARD, None)
    faults = len(board.seen) if board else 0
    environment = item.config.stash.get(ENVIRONMENT, None)
    device = environment.kind if environment is not None else NO_DEVICE
    result = Result(title_of(item), verdict, call.duration, vault.mask(reason), faults, device)
    report.user_properties.append((FINDING, result.facts()))
    if verdict not in {Verdict.PASSED, Verdict.SKIPPED}:
        _after_failure(item, verdict)
    if isinstance(error, NotServed):
        report.outcome = "skipped"
        report.longrepr = (str(item.path), item.location[1] or 0, vault.mask(reason))
    elif isinstance(error, (AssertionError, MasukError)):
        report.longrepr = vault.mask(_for_people(item, error))


def _replacement(item: pytest.Item, error: BaseException | None) -> InfrastructureError | None:
    """What stands in the place of a failure that is not the product's, or of a pass that shows nothing."""
    explained = item.stash.get(EXPLANATION, None)
    if explained is not None:
        del item.stash[EXPLANATION]
    if isinstance(explained or error, AssertionError | FaultNotProven | None) and (reason := unreached(item)):
        item.session.shouldfail = "no scenario shows anything before the app reaches its service"
        return reason
    return explained


def _raised(error: Exception, instead: pytest.ExceptionInfo[BaseException] | None) -> pytest.ExceptionInfo[Any]:
    """The error as pytest has it when a test raises it; at the place of the one that it replaces, if there is one."""
    if instead is not None:
        return pytest.ExceptionInfo.from_exception(error.with_traceback(instead.tb))
    try:
        raise error
    except InfrastructureError as raised:
        return pytest.ExceptionInfo.from_exception(raised)


def _verdict_on(error: BaseException | None, phase: str) -> tuple[Verdict, str]:
    """What an error of a phase means, and its first line; an assertion outside of the steps is not the product's."""
    if error is None:
        return Verdict.PASSED, ""
    verdict = Verdict.SKIPPED if isinstance(error, pytest.skip.Exception) else of_error(error)
    if verdict is Verdict.PRODUCT and phase != "call":
        verdict = Verdict.INFRASTRUCTURE
    return verdict, str(error).splitlines()[0] if str(error) else type(error).__name__


def _after_failure(item: pytest.Item, verdict: Verdict) -> None:
    """After trouble with the infrastructure: open a new session, look after the device, keep what Appium said."""
    if verdict is Verdict.PRODUCT:
        return
    item.config.stash[DEVICE] = None
    session = item.config.stash.get(SESSION, None)
    if session is not None:
        session.close()
    stack = item.config.stash.get(STACK, None)
    if stack is not None and stack.appium is not None:
        Evidence(item.config.stash[VAULT]).text("Appium log (end)", stack.appium.tail(LOG_TAIL))


def _for_people(item: pytest.Item, error: Exception) -> str:
    """Errors that are written for people need no traceback, but the steps that led to them."""
    steps = item.config.stash[STEPS]
    told = [title_of(item), *steps.history, "", f"{type(error).__name__}: {error}"]
    if steps.picture is not None:
        results = Path(item.config.getoption("allure_report_dir"))
        told.append(f"The screen at the failure: {results.absolute() / steps.picture}")
    told.append(f"Again: masuk run {_place_of(item)}")
    return "\n".join(told)


def _place_of(item: pytest.Item) -> str:
    home = home_of(item)
    assert home is not None, "only scenarios are judged"
    root = next(
        (root for root in (item.config.stash[PLAN].project.root, SUITE) if home.path.is_relative_to(root)), None
    )
    path = home.path if root is None else home.path.relative_to(root)
    return f"{path}:{home.line}"
