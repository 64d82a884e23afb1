"""Counts together what was found, decides the exit code, and keeps what a run leaves.

With pytest-xdist scenarios are judged in the workers; what they find travels with pytest's own reports, and the process
that has started the workers counts it together.
"""

import time
from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from masuk.base.errors import InfrastructureError
from masuk.base.run_folder import VERDICTS
from masuk.plugin import summary
from masuk.plugin.dead_workers import DIED, NEVER_RAN, Workers, write_down
from masuk.plugin.stash import (
    ATTEMPTS,
    EMPTY,
    ENVIRONMENT,
    FINDING,
    PLAN,
    STACK,
    USAGE,
    VAULT,
    findings_in,
    is_worker,
)
from masuk.results import junit
from masuk.results.allure_results import mark_interrupted, place_the_rest, tidy
from masuk.results.exit_code import ExitCode, exit_code_of_run
from masuk.results.negative_controls import Control, exit_code_of_controls, judge
from masuk.results.report_maker import ReportMaker, history_of
from masuk.results.verdict import NO_DEVICE, Result, write
from masuk.secrets.vault import Secret
from masuk.toolchain.tools import Toolchain

SECRETS = "masuk_secrets"
LEFT_BEHIND = "masuk_left_behind"
"""The folders in which a worker has left files."""
EARLIER_SECONDS = 60
"""What was last changed so long before a run began is not of it: device and Appium are started before pytest."""
AGAIN = "rerun"
"""The outcome of an attempt that is followed by another, as plugins of pytest call it."""


class RunOutcome:
    """Collects what was found in this process and its workers, and ends the run with it."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._plan = config.stash[PLAN]
        self._began = time.time()
        self._found: dict[str, Result] = {}
        self._begun: set[str] = set()
        """Scenarios that have not ended: one that is interrupted has no verdict."""
        self._earlier: dict[str, list[Result]] = {}
        """What attempts have found that were followed by another."""
        self._failed_phases = 0
        """Of scenarios; one can fail twice, in its steps and as its faults are restored. pytest counts both."""
        self._report: Path | None = None
        self._maker: ReportMaker | None = None
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
        if self._maker is None and self._makes_report and findings_in(report):
            self._maker = self._new_maker()
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

    @pytest.hookimpl(wrapper=True, tryfirst=True)  # around the hook that prints the table
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None, object, object]:
        """Decide the exit code, let the table be printed, search the artefacts for secrets, and make the report."""
        if session.exitstatus != pytest.ExitCode.INTERRUPTED:
            self._count_what_no_worker_has_run()
        if not self._results:
            return (yield)
        self._place_the_rest()
        results = self._results.values()
        ordinary = session.exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}
        if ordinary and session.testsfailed <= self._failed_phases:
            session.exitstatus = (
                exit_code_of_controls(self._controls().values()) if self._withheld else exit_code_of_run(results)
            )
        if is_worker(self._config):  # before pytest-xdist sends what this adds to the worker's output
            self._keep_and_say(session)
            return (yield)
        try:
            return (yield)
        finally:  # also when nobody reads the table any more
            self._keep_and_say(session)

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Print the table: scenario, verdict, seconds."""
        interrupted = [self._found[name].scenario for name in sorted(self._begun)]
        summary.print_interrupted(terminalreporter, interrupted)
        if not self._results:
            if self._config.stash.get(EMPTY, None):
                terminalreporter.write_line(f"Nothing ran: {self._config.stash[EMPTY]}")
            return
        if self._withheld:
            controls = self._controls()
            summary.print_controls(terminalreporter, [(controls[name], self._results[name]) for name in controls])
        else:
            summary.print_results(terminalreporter, self._results.values())
            if self._plan.repeat:
                summary.print_disagreements(terminalreporter, self._results.values())
            if self._earlier:
                again = [(self._results.get(name), earlier) for name, earlier in self._earlier.items()]
                summary.print_attempts(terminalreporter, again)

    @property
    def _results(self) -> dict[str, Result]:
        """What is known of the scenarios that have ended."""
        return {name: result for name, result in self._found.items() if name not in self._begun}

    @property
    def _withheld(self) -> bool:
        return self._plan.without_faults

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

    def _keep_and_say(self, session: pytest.Session) -> None:
        """Write what a run leaves behind, and print where the report is or what went wrong."""
        terminal = self._config.get_terminal_writer()
        try:
            self._keep()
        except (InfrastructureError, OSError) as error:
            # It outweighs what the product has shown: nothing that this run leaves may be passed on.
            session.exitstatus = max(int(session.exitstatus), ExitCode.INFRASTRUCTURE)
            terminal.line(f"\n{type(error).__name__}: {error}", red=True)
        if self._report is not None:
            terminal.line(f"\nreport: {self._report}")

    def _keep(self) -> None:
        """Write what a run leaves behind, and search all of it for secrets."""
        config, vault = self._config, self._config.stash[VAULT]
        results: str | None = config.getoption("allure_report_dir", default=None)
        verdicts = self._plan.verdicts
        if verdicts and not is_worker(config):  # first, so that no trouble with the rest can lose them
            write(self._results.values(), verdicts)
            self._left_behind.add(verdicts)
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
        vault.demand_clean(*sorted(self._left_behind), since=self._began - EARLIER_SECONDS)
        if results and self._plan.report is not None:
            vault.demand_clean(*self._make_report(Path(results), self._plan.report))

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
        maker = self._maker or self._new_maker()
        self._report = maker.make(results, target)
        junit.write(self._results.values(), target / junit.FILE_NAME)
        return [target, history_of(self._plan.project).parent]

    @property
    def _makes_report(self) -> bool:
        return self._plan.report is not None and not is_worker(self._config)

    def _new_maker(self) -> ReportMaker:
        """Allure begins to load."""
        maker = ReportMaker(Toolchain.default(), self._plan.project, is_new=True)
        self._config.add_cleanup(maker.stop)
        return maker

    def _controls(self) -> dict[str, Control]:
        """What each scenario has shown about itself in a run without faults."""
        return {name: judge(result.verdict, result.faults) for name, result in self._results.items()}
