"""Verdicts, the exit code, the table at the end, and the report."""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from masuk.errors import InfrastructureError, MasukError, NotServed
from masuk.evidence import Evidence
from masuk.plugin.state import ENVIRONMENT, REPORT, RESULTS, SESSION, STACK, STEPS, VAULT, home_of, title_of
from masuk.report import generate, tidy
from masuk.toolchain import Toolchain
from masuk.verdict import Result, Verdict, exit_code, of_error

LOG_TAIL = 200


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, None]:
    """Judge the scenario; a later phase can only make it worse."""
    if call.excinfo:
        item.config.stash[VAULT].mask_error(call.excinfo.value)
    outcome = yield
    if home_of(item) is None:
        return
    results = item.config.stash[RESULTS]
    before = results.get(item.nodeid)
    seconds = (before.seconds if before else 0) + call.duration
    verdict, reason = (before.verdict, before.reason) if before else (Verdict.PASSED, "")
    error = call.excinfo.value if call.excinfo else None
    if isinstance(error, (pytest.skip.Exception, NotServed)):
        verdict, reason = Verdict.SKIPPED, str(error)
    elif error is not None and verdict in {Verdict.PASSED, Verdict.SKIPPED}:
        verdict = of_error(error) if call.when == "call" else _not_product(of_error(error))
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        _after_failure(item, verdict)
    results[item.nodeid] = Result(title_of(item), verdict, seconds, item.config.stash[VAULT].mask(reason))
    if isinstance(error, NotServed):
        outcome.get_result().outcome = "skipped"
        outcome.get_result().longrepr = (str(item.path), item.location[1], reason)
    elif isinstance(error, (AssertionError, MasukError)):
        outcome.get_result().longrepr = _for_people(item, error)


def _after_failure(item: pytest.Item, verdict: Verdict) -> None:
    """After trouble with the infrastructure: open a new session, and keep what Appium said."""
    if verdict is Verdict.PRODUCT:
        return
    session = item.config.stash.get(SESSION, None)
    if session is not None:
        session.close()
    stack = item.config.stash.get(STACK, None)
    if stack is not None and stack.appium is not None:
        Evidence(item.config.stash[VAULT]).text("Appium log (end)", stack.appium.tail(LOG_TAIL))


def _for_people(item: pytest.Item, error: Exception) -> str:
    """Errors that are written for people need no traceback, but the steps that led to them."""
    steps = "\n".join(item.config.stash[STEPS].history)
    return f"{title_of(item)}\n{steps}\n\n{type(error).__name__}: {error}"


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Decide the exit code, search the artefacts for secrets, and make the report."""
    config = session.config
    results = config.stash[RESULTS]
    if not results:
        return
    others_failed = session.testsfailed > sum(
        result.verdict not in {Verdict.PASSED, Verdict.SKIPPED} for result in results.values()
    )
    if session.exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED} and not others_failed:
        session.exitstatus = exit_code(results.values())
    try:
        _make_report(config)
    except InfrastructureError as error:
        session.exitstatus = max(int(session.exitstatus), 3)
        config.get_terminal_writer().line(f"\n{type(error).__name__}: {error}", red=True)


def _make_report(config: pytest.Config) -> None:
    results = config.getoption("allure_report_dir", default=None)
    target = config.getoption("report")
    if not results:
        return
    vault = config.stash[VAULT]
    environment = config.stash.get(ENVIRONMENT, None)
    if environment is not None:
        environment.write(Path(results))
    tidy(Path(results))
    vault.demand_clean(Path(results))
    if target:
        config.stash[REPORT] = generate(Toolchain.default(), Path(results), Path(target))
        vault.demand_clean(Path(target))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print the table: scenario, verdict, seconds; and where the report is."""
    results = list(config.stash[RESULTS].values())
    if not results:
        return
    terminalreporter.section("scenarios")
    width = max(len(result.scenario) for result in results)
    for result in results:
        passed = result.verdict is Verdict.PASSED
        line = f"{result.scenario:<{width}}  {result.verdict.value:<22}  {result.seconds:6.1f} s"
        terminalreporter.write_line(line, green=passed, red=not passed and result.verdict is not Verdict.SKIPPED)
        if result.reason:
            terminalreporter.write_line(f"    {result.reason}")
    report = config.stash.get(REPORT, None)
    if report is not None:
        terminalreporter.write_line(f"\nreport: {report}")


def _not_product(verdict: Verdict) -> Verdict:
    """A failed assertion outside of the scenario's steps says nothing about the product."""
    return Verdict.INFRASTRUCTURE if verdict is Verdict.PRODUCT else verdict
