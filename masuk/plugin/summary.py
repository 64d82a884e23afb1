"""The tables at the end of a run."""

from collections.abc import Iterable, Sequence
from typing import Any

from masuk.base.whole_numbers import counted
from masuk.results.flakiness import disagreements
from masuk.results.negative_controls import Control
from masuk.results.verdict import Result, Verdict

WIDEST = 160
"""Characters of a title up to which the table grows. A row of an outline may be far longer."""


def print_results(terminal: Any, results: Iterable[Result]) -> None:
    """Print each scenario with its verdict, its seconds, and the reason of a failure."""
    terminal.section("scenarios")
    results = sorted(results, key=lambda result: result.scenario)
    width = min(WIDEST, max(len(result.scenario) for result in results))
    for result in results:
        passed = result.verdict is Verdict.PASSED
        line = f"{result.scenario:<{width}}  {result.verdict.value:<22}  {result.seconds:6.1f} s"
        terminal.write_line(line, green=passed, red=not passed and result.verdict is not Verdict.SKIPPED)
        if result.reason:
            terminal.write_line(f"    {result.reason}")


def print_interrupted(terminal: Any, scenarios: Iterable[str]) -> None:
    """Print the scenarios that were interrupted."""
    for scenario in scenarios:
        terminal.write_line(f"{scenario}: interrupted before its end, and without a verdict", yellow=True)


def print_attempts(terminal: Any, again: Iterable[tuple[Result | None, Sequence[Result]]]) -> None:
    """Print what was tried again: the last result, if there is one, and those before it."""
    terminal.section("tried again, since the tools had failed")
    for now, earlier in again:
        if now is not None:
            terminal.write_line(f"{now.scenario}: {now.verdict.value} at attempt {len(earlier) + 1}")
        for result in earlier:
            terminal.write_line(f"    before: {result.reason}")


def print_disagreements(terminal: Any, results: Iterable[Result]) -> None:
    """Print the scenarios whose repetitions differ."""
    terminal.section("repetitions")
    found = disagreements(results)
    for scenario, verdicts in found.items():
        counts = ", ".join(f"{count} {verdict.value}" for verdict, count in verdicts.most_common())
        terminal.write_line(f"{scenario}: {counts}", red=True)
    were = "was" if len(found) == 1 else "were"
    terminal.write_line(f"{counted(len(found), 'scenario')} {were} not unanimous")


def print_controls(terminal: Any, found: Sequence[tuple[Control, Result]]) -> None:
    """Print what scenarios have shown about themselves without their faults."""
    controls = [control for control, _ in found]
    if Control.NOTICED in controls:
        terminal.section("noticed, as it should be")
    for control, result in found:
        if control is Control.NOTICED:
            terminal.write_line(result.scenario, green=True)
            terminal.write_line(f"    {result.reason}")
    terminal.section("scenarios without their faults")
    for control, result in found:
        if control in {Control.WORTHLESS, Control.UNDECIDED}:
            terminal.write_line(f"{result.scenario}: {control.value}  {result.reason}", red=True)
    counts = ", ".join(f"{controls.count(kind)} {kind.value}" for kind in Control)
    terminal.write_line(f"{counted(len(controls), 'scenario')}: {counts}")
