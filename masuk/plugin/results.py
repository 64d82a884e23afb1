"""Verdicts, the exit code, the table at the end, and the report.

With pytest-xdist scenarios are judged in the workers; what they find travels with pytest's own reports, and the process
that has started the workers counts it together.
"""

from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from masuk.base.cli_types import counted
from masuk.base.errors import FaultNotProven, InfrastructureError, MasukError, NotServed
from masuk.base.locations import SUITE
from masuk.base.run_folder import VERDICTS
from masuk.plugin.stash import (
    ATTEMPTS,
    BOARDS,
    DEVICE,
    EMPTY,
    ENVIRONMENT,
    EXPLANATIONS,
    FINDING,
    PROJECT,
    SESSION,
    STACK,
    STEPS,
    USAGE,
    VAULT,
    findings_in,
    home_of,
    is_worker,
    title_of,
)
from masuk.plugin.unreached import unreached
from masuk.plugin.workers import DIED, NEVER_RAN, Workers, write_down
from masuk.results import junit
from masuk.results.allure_bridge import Evidence
from masuk.results.exit_code import exit_code
from masuk.results.flakiness import disagreements
from masuk.results.negative_controls import Control, judge
from masuk.results.negative_controls import exit_code as control_exit_code
from masuk.results.report import generate, history_of, mark_interrupted, place_the_rest, tidy
from masuk.results.verdict import NO_DEVICE, Result, Verdict, of_error, write
from masuk.secrets.vault import Secret
from masuk.toolchain.installer import Toolchain

LOG_TAIL = 200
WIDEST = 160
"""Characters of a title up to which the table grows. A row of an outline may be far longer."""
SECRETS = "masuk_secrets"
LEFT_BEHIND = "masuk_left_behind"
"""The folders in which a worker has left files."""
AGAIN = "rerun"
"""The outcome of an attempt that is followed by another, as plugins of pytest call it."""


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, None]:
    """Judge a phase of a scenario."""
    vault = item.config.stash[VAULT]
    if call.when == "call":
        explanation = _explanation(item, call.excinfo.value if call.excinfo else None)
        if explanation is not None:
            call.excinfo = _raised(explanation, call.excinfo)
    outcome = yield
    if home_of(item) is None:
        return
    report: pytest.TestReport = outcome.get_result()
    error = call.excinfo.value if call.excinfo else None
    verdict, reason = _verdict_on(error, call.when)
    board = item.config.stash[BOARDS].get(item.nodeid)
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


def _explanation(item: pytest.Item, error: BaseException | None) -> InfrastructureError | None:
    """What stands in the place of a failure that is not the product's, or of a pass that shows nothing."""
    explained = item.config.stash[EXPLANATIONS].pop(item.nodeid, None)
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


class Ledger:
    """Collects what was found in this process and its workers, and ends the run with it."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._found: dict[str, Result] = {}
        self._begun: set[str] = set()
        """Scenarios that have not ended: one that is interrupted has no verdict."""
        self._earlier: dict[str, list[Result]] = {}
        """What attempts have found that were followed by another."""
        self._failed_phases = 0
        """Of scenarios; one can fail twice, in its steps and as its faults are restored. pytest counts both."""
        self._report: Path | None = None
        self._left_behind: set[Path] = set()
        self._workers = Workers(config)

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(
        self, report: pytest.CollectReport | pytest.TestReport
    ) -> tuple[str, str, tuple[str, dict[str, bool]]] | None:
        """Without its fault a scenario has to fail, so that pytest is not to show it among what has gone wrong."""
        if not self._withheld or not isinstance(report, pytest.TestReport) or not report.failed:
            return None
        shown = {judge(found.verdict, found.faults) for found in findings_in(report)}
        return ("noticed", "n", ("NOTICED", {"green": True})) if Control.NOTICED in shown else None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Put the phases of a scenario together."""
        for phase in findings_in(report):
            before = self._found.get(report.nodeid)
            self._found[report.nodeid] = before.then(phase) if before else phase
            self._failed_phases += report.failed
            self._begun.add(report.nodeid)
        if report.when not in {"setup", "call"} and report.outcome != AGAIN:
            self._begun.discard(report.nodeid)
        for name, value in report.user_properties:
            if name == ATTEMPTS and isinstance(value, list):
                self._earlier.setdefault(report.nodeid, []).extend(Result.of(facts) for facts in value)

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Note when a scenario begins, here or in a worker."""
        self._workers.begin(nodeid)

    @pytest.hookimpl(tryfirst=True)  # before pytest-xdist says that all is collected
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """In a worker, tell the process that has started it which scenarios there are."""
        if is_worker(self._config):
            write_down(self._config, session.items)

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Prepare for the death of a worker."""
        self._workers.introduce(node)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, node: Any, ids: Sequence[str]) -> None:
        """Learn from a worker which scenarios there are."""
        self._workers.have_collected(node, ids)

    @pytest.hookimpl(optionalhook=True)
    def pytest_handlecrashitem(self, crashitem: str, report: pytest.TestReport, sched: Any) -> None:
        """Let another worker try a scenario again whose worker has died, once; pytest-xdist has replaced it."""
        if not self._workers.knows(crashitem):
            return
        died = self._workers.report(crashitem, DIED)
        path, line, _ = report.location
        report.location = (path, line, died.scenario)
        report.longrepr = f"{died.scenario}\n{report.longreprtext}: {DIED}"
        self._found.pop(crashitem, None)  # it is of the attempt that has ended now
        self._begun.discard(crashitem)
        if crashitem in self._earlier:
            report.user_properties.append((FINDING, died.facts()))
            return
        self._earlier[crashitem] = [died]
        sched.mark_test_pending(crashitem)
        report.outcome = AGAIN  # type: ignore[assignment]

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        """Learn a worker's secrets and where it has left files, to search these; or that it has died."""
        self._workers.have_died = self._workers.have_died or error is not None
        output = getattr(node, "workeroutput", {})
        for value, label in output.get(SECRETS, []):
            self._config.stash[VAULT].add(Secret(value, label))
        self._left_behind.update(map(Path, output.get(LEFT_BEHIND, [])))
        if usage := output.get(USAGE):  # all workers have found the same
            raise pytest.UsageError(usage)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Decide the exit code, search the artefacts for secrets, and make the report."""
        if session.exitstatus != pytest.ExitCode.INTERRUPTED:
            self._count_what_no_worker_has_run()
        if not self._results:
            return
        self._place_the_rest()
        results = self._results.values()
        ordinary = session.exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}
        if ordinary and session.testsfailed <= self._failed_phases:
            session.exitstatus = control_exit_code(self._controls().values()) if self._withheld else exit_code(results)
        try:
            self._keep()
        except (InfrastructureError, OSError) as error:
            session.exitstatus = max(int(session.exitstatus), 3)
            self._config.get_terminal_writer().line(f"\n{type(error).__name__}: {error}", red=True)

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Print the table: scenario, verdict, seconds; and where the report is."""
        self._print_interrupted(terminalreporter)
        if not self._results:
            if self._config.stash.get(EMPTY, None):
                terminalreporter.write_line(f"Nothing ran: {self._config.stash[EMPTY]}")
            return
        if self._withheld:
            self._print_controls(terminalreporter)
        else:
            self._print_results(terminalreporter)
        if self._report is not None:
            terminalreporter.write_line(f"\nreport: {self._report}")

    @property
    def _results(self) -> dict[str, Result]:
        """What is known of the scenarios that have ended."""
        return {name: result for name, result in self._found.items() if name not in self._begun}

    @property
    def _withheld(self) -> bool:
        return bool(self._config.getoption("without_faults"))

    def _count_what_no_worker_has_run(self) -> None:
        """Give a verdict to scenarios that have none because workers have died."""
        if not self._workers.have_died:
            return
        for nodeid in self._workers.collected:
            if nodeid in self._results or not self._workers.knows(nodeid):
                continue
            self._begun.discard(nodeid)
            attempts = self._earlier.pop(nodeid, [])
            self._found[nodeid] = attempts.pop() if attempts else self._workers.report(nodeid, NEVER_RAN)

    def _place_the_rest(self) -> None:
        """Give results without a device that of an earlier attempt, or the only one of the run."""
        only = {result.device for result in self._found.values()} - {NO_DEVICE}
        for nodeid, result in self._found.items():
            if result.device == NO_DEVICE:
                earlier = [attempt.device for attempt in self._earlier.get(nodeid, []) if attempt.device != NO_DEVICE]
                device = (earlier or list(only))[-1] if earlier or len(only) == 1 else NO_DEVICE
                self._found[nodeid] = replace(result, device=device)

    def _keep(self) -> None:
        """Write what a run leaves behind, and search all of it for secrets."""
        config, vault = self._config, self._config.stash[VAULT]
        results: str | None = config.getoption("allure_report_dir", default=None)
        verdicts = config.getoption("verdicts")
        if verdicts and not is_worker(config):  # first, so that no trouble with the rest can lose them
            write(self._results.values(), Path(verdicts))
            self._left_behind.add(Path(verdicts))
        environment = config.stash.get(ENVIRONMENT, None)
        if results and environment is not None:
            environment.write(Path(results))
        stack = config.stash.get(STACK, None)
        if stack is not None:  # what still runs could write after the search
            stack.stop()
            self._left_behind.update(stack.left_behind)
        if is_worker(config):
            # Over a pipe, into the memory of the process that has started this one.
            config.workeroutput[SECRETS] = vault.pairs()  # type: ignore[attr-defined]
            config.workeroutput[LEFT_BEHIND] = list(map(str, self._left_behind))  # type: ignore[attr-defined]
            return
        if results:
            self._left_behind.add(Path(results))
            self._prepare(Path(results))
        vault.demand_clean(*sorted(self._left_behind))
        if results and config.getoption("report"):
            vault.demand_clean(*self._make_report(Path(results), Path(config.getoption("report"))))

    def _prepare(self, results: Path) -> None:
        """Leave in Allure's results what the report is made of."""
        tidy(results)
        place_the_rest(results)
        if self._begun:
            mark_interrupted(results)
        if not self._withheld:  # so that a folder of results, wherever it is taken, can be counted together with others
            write(self._results.values(), results / VERDICTS)

    def _make_report(self, results: Path, target: Path) -> list[Path]:
        """Make the report; the folders that were written to."""
        project = self._config.stash[PROJECT]
        self._report = generate(Toolchain.default(), project, results, target, is_new=True)
        junit.write(self._results.values(), target / junit.FILE_NAME)
        return [target, history_of(project).parent]

    def _print_results(self, terminal: Any) -> None:
        terminal.section("scenarios")
        results = sorted(self._results.values(), key=lambda result: result.scenario)
        width = min(WIDEST, max(len(result.scenario) for result in results))
        for result in results:
            passed = result.verdict is Verdict.PASSED
            line = f"{result.scenario:<{width}}  {result.verdict.value:<22}  {result.seconds:6.1f} s"
            terminal.write_line(line, green=passed, red=not passed and result.verdict is not Verdict.SKIPPED)
            if result.reason:
                terminal.write_line(f"    {result.reason}")
        if self._config.getoption("repeat"):
            self._print_disagreements(terminal)
        if self._earlier:
            self._print_attempts(terminal)

    def _print_interrupted(self, terminal: Any) -> None:
        for name in sorted(self._begun):
            title = self._found[name].scenario
            terminal.write_line(f"{title}: interrupted before its end, and without a verdict", yellow=True)

    def _print_attempts(self, terminal: Any) -> None:
        terminal.section("tried again, since the tools had failed")
        for name, earlier in self._earlier.items():
            now = self._results.get(name)
            if now is not None:
                terminal.write_line(f"{now.scenario}: {now.verdict.value} at attempt {len(earlier) + 1}")
            for result in earlier:
                terminal.write_line(f"    before: {result.reason}")

    def _print_disagreements(self, terminal: Any) -> None:
        terminal.section("repetitions")
        found = disagreements(self._results.values())
        for scenario, verdicts in found.items():
            counts = ", ".join(f"{count} {verdict.value}" for verdict, count in verdicts.most_common())
            terminal.write_line(f"{scenario}: {counts}", red=True)
        were = "was" if len(found) == 1 else "were"
        terminal.write_line(f"{counted(len(found), 'scenario')} {were} not unanimous")

    def _controls(self) -> dict[str, Control]:
        """What each scenario has shown about itself in a run without faults."""
        return {name: judge(result.verdict, result.faults) for name, result in self._results.items()}

    def _print_controls(self, terminal: Any) -> None:
        controls = self._controls()
        found = [(control, self._results[name]) for name, control in controls.items()]
        if Control.NOTICED in controls.values():
            terminal.section("noticed, as it should be")
        for control, result in found:
            if control is Control.NOTICED:
                terminal.write_line(result.scenario, green=True)
                terminal.write_line(f"    {result.reason}")
        terminal.section("scenarios without their faults")
        for control, result in found:
            if control in {Control.WORTHLESS, Control.UNDECIDED}:
                terminal.write_line(f"{result.scenario}: {control.value}  {result.reason}", red=True)
        counts = ", ".join(f"{sum(found is kind for found in controls.values())} {kind.value}" for kind in Control)
        terminal.write_line(f"{counted(len(controls), 'scenario')}: {counts}")


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
    root = next((root for root in (item.config.stash[PROJECT].root, SUITE) if home.path.is_relative_to(root)), None)
    path = home.path if root is None else home.path.relative_to(root)
    return f"{path}:{home.line}"
