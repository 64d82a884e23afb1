"""From the words of a command to pytest's."""

import argparse
from dataclasses import replace
from pathlib import Path

from masuk.automation.run_plan import RunPlan
from masuk.cli.parser import parser
from masuk.cli.pytest_arguments import Invocation, for_another_process
from masuk.config.run_options import PYTEST_OPTIONS
from tests.checkout import CHECKOUT, PROJECT


def told(*words: str) -> RunPlan:
    """The plan that another process makes of what it is told for these words of `masuk run`."""
    options = parser().parse_args(["run", *words])
    plan = RunPlan.of({**vars(options), "scenario": [str(CHECKOUT / "features" / "login.feature")]}, PROJECT)
    plan = replace(plan, failed_of=Path("/last/verdicts.json"), verdicts=Path("/v.json"), report=Path("/report"))
    reader = argparse.ArgumentParser()
    for option in PYTEST_OPTIONS:
        option.declare_to_pytest(reader.add_argument)
    read = vars(reader.parse_args(for_another_process(options, Invocation(plan, []))))
    return RunPlan.of({option.name: read[option.pytest_name] for option in PYTEST_OPTIONS}, PROJECT)


def test_another_process_is_told_what_was_given_and_what_was_found_out() -> None:
    plan = told("--failed", "--trace", "on", "--wait", "7", "--step")
    assert (plan.trace, plan.settings.wait, plan.step) == ("on", 7, True)
    assert [place.path.name for place in plan.places] == ["login.feature"]
    assert (plan.failed_of, plan.verdicts, plan.report, plan.folder.path) == (
        Path("/last/verdicts.json"),
        Path("/v.json"),
        Path("/report"),
        PROJECT.work,
    )
