"""From the words of `masuk run` and `masuk check` to pytest's, looked at before anything begins."""

import argparse
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from masuk.automation.reachability import demand_reachable
from masuk.base import output_paths
from masuk.base.errors import UsageError
from masuk.base.locations import PACKAGE, RESULTS_VARIABLE, SUITE, Project
from masuk.base.run_folder import RunFolder, lease
from masuk.config.run_options import RUN_OPTIONS
from masuk.config.settings import Settings, load
from masuk.gherkin import lint
from masuk.gherkin.selection import Place, expression_of, tags_of
from masuk.gherkin.sharding import Shard
from masuk.gherkin.suite import features_of
from masuk.services.account_pool import load as load_accounts
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
CONTROL_WAIT = "3"
"""Seconds; with its faults withheld nothing is slow, and most scenarios wait in vain."""


@dataclass(frozen=True)
class Invocation:
    """A run that may begin."""

    arguments: list[str]
    """Pytest's."""
    folder: RunFolder
    """Where it keeps what it makes; no other run has it."""
    settings: Settings
    """What command line, environment and masuk.toml want together."""
    project: Project


def prepare(options: argparse.Namespace) -> Invocation:
    """Look whether a run can begin, and give it a folder. Raises UsageError and SetupError, with nothing begun."""
    toolchain, project = Toolchain.default(), Project.current()
    places, wanted = _demand_that_it_can_run(options, toolchain, project)
    folder = lease(project.work)
    arguments = [
        *collecting(project, _plugins(options)),
        "--tb=short",
        "-q",
        "-rN",
    ]  # the table at the end names what the summary would
    arguments += [word for rule in WARNINGS for word in ("-W", rule)]
    for place in places:
        arguments += ["--masuk-scenario", str(place)]
    arguments += _passed_on(options)
    if folder.path != project.work:
        arguments += ["--masuk-run-folder", str(folder.path)]
    if options.verdicts is None and not options.without_faults:  # so that the next run can be about what has failed
        arguments += ["--masuk-verdicts", str(folder.verdicts)]
    if options.step or options.keep:
        arguments += ["-s", "-x", *(f"--masuk-{name}" for name in ("step", "keep") if getattr(options, name))]
    if not options.no_report:
        shutil.rmtree(folder.results, ignore_errors=True)
        arguments += ["--alluredir", str(folder.results), "--masuk-report", str(folder.report)]
    return Invocation(arguments, folder, wanted, project)


def listing(project: Project, word: str) -> list[str]:
    """Pytest's arguments for a list of the steps that have a word in them."""
    return [*collecting(project, [*UNUSED, *PLUGINS]), "-qq", "-s", "--masuk-words", word]


def _settings(options: argparse.Namespace, project: Project) -> Settings:
    """What the command line, the environment and masuk.toml want together. Raises UsageError."""
    given = _given(options)
    return load(project, {key: given.get(key) for key in Settings.model_fields})


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


def _passed_on(options: argparse.Namespace) -> list[str]:
    """Pytest's words for the options that were given."""
    given = _given(options)
    given["wait"] = options.wait or (CONTROL_WAIT if options.without_faults else None)
    words = [word for option in RUN_OPTIONS for word in option.for_pytest(given.get(option.name))]
    of_pytest = {
        "-k": expression_of(options.keyword) if options.keyword else None,
        "-m": tags_of(options.tags) if options.tags else None,
        "-n": options.workers,
    }
    return words + [word for name, value in of_pytest.items() if value for word in (name, str(value))]


def _given(options: argparse.Namespace) -> dict[str, Any]:
    """The options by name. Paths of files are absolute, so that they hold wherever a process is started."""
    given = dict(vars(options))
    for option in RUN_OPTIONS:
        if option.is_file and (path := given.get(option.name)):
            given[option.name] = str(Path(path).absolute())
    return given


def _demand_that_it_can_run(
    options: argparse.Namespace, toolchain: Toolchain, project: Project
) -> tuple[list[Place], Settings]:
    """The places that were named, and the settings, when nothing is in the way. Raises UsageError and SetupError."""
    places = [place for text in options.places for place in Place.all_of(_in_suite_unless_here(text))]
    if options.shard:
        Shard.parse(options.shard)
    wanted = _settings(options, project)
    if not places:
        lint.examine([feature.path for feature in features_of(project, wanted.leave_out)])
    if not toolchain.apps.exists():
        set_up(toolchain, report=lambda line: print(line, flush=True))
    demand_reachable(wanted, toolchain.leases)
    profile = preflight.profile_of(wanted, project, toolchain)
    if doubt := preflight.doubt_about(profile.app):
        print(f"masuk: {doubt}", file=sys.stderr)
    if wanted.accounts is not None:
        load_accounts(wanted.accounts)
    if options.verdicts is not None:
        output_paths.demand_file(Path(options.verdicts).absolute(), "--verdicts")
    output_paths.demand_folder(project.work, f"Set {RESULTS_VARIABLE} to a folder that you may write to")
    output_paths.demand_space(project.work)
    if options.step or options.keep:
        _demand_somebody_who_looks(options)
    return places, wanted


def _in_suite_unless_here(text: str) -> str:
    """A place in the default suite, if it is not found from the current directory."""
    path = text.partition(":")[0]
    return str(SUITE / text) if not Path(path).exists() and (SUITE / path).exists() else text


def _demand_somebody_who_looks(options: argparse.Namespace) -> None:
    """Raise UsageError where nobody could press Enter."""
    name = "--step" if options.step else "--keep"
    if options.workers:
        raise UsageError(f"{name} waits for a person who looks at one device. Leave out -n.")
    if not sys.stdin.isatty():
        raise UsageError(f"{name} waits for Enter, and there is no terminal. Leave it out, or run it in one.")
