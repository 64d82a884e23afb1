"""From the options of `masuk run` and `masuk check` to a plan and pytest's arguments, before anything begins."""

import argparse
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

from masuk.automation.reachability import demand_reachable
from masuk.automation.run_plan import RunPlan
from masuk.base import output_paths
from masuk.base.errors import UsageError
from masuk.base.locations import PACKAGE, RESULTS_VARIABLE, Project
from masuk.base.run_folder import latest, lease
from masuk.config.run_options import PYTEST_OPTIONS, given_in
from masuk.gherkin import lint
from masuk.gherkin.selection import expression_of, tags_of
from masuk.toolchain import preflight
from masuk.toolchain.installer import set_up
from masuk.toolchain.tools import Toolchain

CONFIGURATION = PACKAGE / "pytest.ini"
WARNINGS = ("ignore", "default::pytest.PytestUnhandledThreadExceptionWarning")
"""What a library warns of is no reason for a run to fail."""
UNUSED = ("no:cacheprovider", "no:unraisableexception")
"""Plugins of pytest whose work nobody sees: the last one searches the memory for what is then ignored as a warning."""
PLUGINS = ("pytest_bdd.plugin", "masuk.plugin")
"""Named, since pytest takes a fifth of its start to look for what else is installed, and a run needs none of that."""


@dataclass(frozen=True)
class Invocation:
    """A run that may begin."""

    plan: RunPlan
    """What pytest is handed as an object."""
    arguments: list[str]
    """What pytest itself has to be told."""


def prepare(options: argparse.Namespace) -> Invocation:
    """Look whether a run can begin, and give it a folder. Raises UsageError and SetupError, with nothing begun."""
    plan = _examined(options, Toolchain.default(), Project.current())
    folder = lease(plan.project.work)
    # Verdicts are kept so that the next run can be about what has failed.
    verdicts = plan.verdicts or (None if plan.without_faults else folder.verdicts)
    plan = replace(plan, folder=folder, verdicts=verdicts, report=None if options.no_report else folder.report)
    # The table at the end names what the summary would.
    arguments = [*collecting(plan.project, _plugins(options)), "--tb=short", "-q", "-rN"]
    arguments += [word for rule in WARNINGS for word in ("-W", rule)]
    of_pytest = {
        "-k": expression_of(options.keyword) if options.keyword else None,
        "-m": tags_of(options.tags) if options.tags else None,
        "-n": options.workers,
    }
    arguments += [word for name, value in of_pytest.items() if value for word in (name, str(value))]
    if plan.step or plan.keep:
        arguments += ["-s", "-x"]
    if plan.report is not None:
        shutil.rmtree(folder.results, ignore_errors=True)
        arguments += ["--alluredir", str(folder.results)]
    return Invocation(plan, arguments)


def for_another_process(options: argparse.Namespace, run: Invocation) -> list[str]:
    """Pytest's arguments for the same run in a process of its own, which makes its plan of files as they are then."""
    plan = run.plan
    given = given_in(vars(options)) | {"scenario": [str(place) for place in plan.places]}
    # What was found out here.
    given |= {"failed_of": plan.failed_of, "run_folder": plan.folder.path}
    given |= {"verdicts": plan.verdicts, "report": plan.report}
    return [*run.arguments, *(word for option in PYTEST_OPTIONS for word in option.for_pytest(given.get(option.name)))]


def listing(project: Project, word: str) -> list[str]:
    """Pytest's arguments for a list of the steps that have a word in them."""
    return [*collecting(project, [*UNUSED, *PLUGINS]), "-qq", "-s", "--masuk-words", word]


def collecting(project: Project, plugins: Sequence[str] = PLUGINS) -> list[str]:
    """Pytest's arguments for the scenarios of a project, with these plugins and no others."""
    # The configuration is named, since pytest looks for it in what all paths among its arguments have in common.
    there = [str(project.file)]
    there += ["-c", str(CONFIGURATION), "--rootdir", str(project.root), "--disable-plugin-autoload"]
    return [*there, *(word for plugin in plugins for word in ("-p", plugin))]


def _plugins(options: argparse.Namespace) -> list[str]:
    """Pytest's plugins, by their modules."""
    workers = ["xdist.plugin"] if options.workers else []
    report = [] if options.no_report else ["allure_pytest.plugin"]
    return [*UNUSED, *PLUGINS, *workers, *report]


def _examined(options: argparse.Namespace, toolchain: Toolchain, project: Project) -> RunPlan:
    """The plan, when nothing is in the way. Raises UsageError and SetupError."""
    given = {**vars(options), "scenario": options.places}
    if getattr(options, "failed", False):
        given["failed_of"] = latest(project.work).verdicts
    plan = RunPlan.of(given, project)
    if not plan.places:
        lint.examine([feature.path for feature in plan.inputs.features])
    if not toolchain.apps.exists():
        set_up(toolchain, report=lambda line: print(line, flush=True))
    demand_reachable(plan.settings, toolchain.leases)
    if doubt := preflight.doubt_about(plan.inputs.profile.app):
        print(f"masuk: {doubt}", file=sys.stderr)
    _ = plan.inputs.accounts  # it says at once what is wrong
    if plan.verdicts is not None:
        output_paths.demand_file(plan.verdicts, "--verdicts")
    output_paths.demand_folder(project.work, f"Set {RESULTS_VARIABLE} to a folder that you may write to")
    output_paths.demand_space(project.work)
    if plan.step or plan.keep:
        _demand_somebody_who_looks(options)
    return plan


def _demand_somebody_who_looks(options: argparse.Namespace) -> None:
    """Raise UsageError where nobody could press Enter."""
    name = "--step" if options.step else "--keep"
    if options.workers:
        raise UsageError(f"{name} waits for a person who looks at one device. Leave out -n.")
    if not sys.stdin.isatty():
        raise UsageError(f"{name} waits for Enter, and there is no terminal. Leave it out, or run it in one.")
