"""The command line: what each of masuk's commands does."""

import argparse
import functools
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from masuk.base import output_paths
from masuk.base import run_folder as run_folders
from masuk.base.errors import MasukError, UsageError
from masuk.base.locations import Project
from masuk.base.whole_numbers import counted
from masuk.cli import parser, pytest_arguments, scenario_runs
from masuk.cli.broken_pipe import write_no_more
from masuk.config.settings import HANDSET, load
from masuk.device.adb import Adb
from masuk.results.exit_code import ExitCode
from masuk.toolchain.installer import set_up
from masuk.toolchain.tools import Toolchain


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code is 0, 1 (product), 2 (Ctrl-C), 3 (infrastructure), 4 (usage) or 5 (nothing ran)."""
    options = parser.parser().parse_args(arguments)
    try:
        return VERBS[options.verb](options)
    except UsageError as error:
        print(f"masuk: {error}", file=sys.stderr)
        return ExitCode.USAGE
    except KeyboardInterrupt:
        print("masuk: interrupted", file=sys.stderr)
        return ExitCode.INTERRUPTED
    except BrokenPipeError:  # whoever reads has enough, such as `head`
        write_no_more()
        return ExitCode.PASSED
    except MasukError as error:
        print(f"masuk: {error}", file=sys.stderr)
        return ExitCode.INFRASTRUCTURE
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        print(f"masuk: {place}{error.strerror}. Is it there, may you use it, and is there space?", file=sys.stderr)
        return ExitCode.USAGE


def _set_up(_: argparse.Namespace) -> int:
    toolchain = Toolchain.default()
    output_paths.demand_folder(toolchain.root, "Set MASUK_HOME to a folder that you may write to")
    set_up(toolchain, report=lambda line: print(line, flush=True))
    return ExitCode.PASSED


def _completion(options: argparse.Namespace) -> int:
    Project.current_or_suite().make_importable()
    from masuk.cli import completion

    print(completion.script(parser.parser(), options.shell))
    return ExitCode.PASSED


def _doctor(options: argparse.Namespace) -> int:
    from masuk.toolchain import doctor

    toolchain, project, adb = Toolchain.default(), Project.nearest(), Adb()
    if options.clean:
        print("\n".join(doctor.clean(toolchain, project, adb)) or "nothing to clean")
    bad = 0
    for finding in doctor.examine(toolchain, project, adb):
        print(finding, flush=True)
        bad += finding.state is doctor.State.BAD
    print(f"\n{bad} missing" if bad else "\nready: masuk run")
    return ExitCode.INFRASTRUCTURE if bad else ExitCode.PASSED


def _report(options: argparse.Namespace) -> int:
    from masuk.results import report_command

    toolchain, project, say = Toolchain.default(), Project.current(), functools.partial(print, flush=True)
    last = run_folders.latest(project.work)
    results = [Path(folder) for folder in options.results] or [last.results]
    target = Path(options.out or last.report)
    output_paths.demand_folder(target, "Name another one with --out")
    page = report_command.make(toolchain, project, results, target, say)
    if options.serve:
        report_command.serve(page, say)
    elif options.open:
        report_command.open_in_browser(page, say)
    else:
        say(f"report: {page}")
    return ExitCode.PASSED


def _devices(_: argparse.Namespace) -> int:
    from masuk.device.device_listing import attached_devices, table

    adb = Adb()
    adb.demand_port()
    found = attached_devices(adb, Toolchain.default().leases) if adb.answers() else []
    print(table(found) if found else "no device is attached; `run`, `inspect` and `faults NAME` start a handset")
    return ExitCode.PASSED


def _selfcheck(options: argparse.Namespace) -> int:
    from masuk.cli import mutation_check

    findings, alarms = mutation_check.check(
        Toolchain.default(),
        Project.current(),
        options.workers,
        options.sound_runs,
        options.defects,
        report=lambda line: print(f"  {line}", file=sys.stderr, flush=True),
    )
    print(mutation_check.matrix(findings))
    for alarm in alarms:
        print(f"the sound app: {alarm.scenario}: {alarm.verdict.value}: {alarm.reason}")
    caught = sum(finding.outcome is mutation_check.Outcome.CAUGHT for finding in findings)
    false_alarms, runs = counted(len(alarms), "false alarm"), counted(options.sound_runs, "sound run")
    print(f"{caught} of {counted(len(findings), 'defect')} caught; {false_alarms} in {runs}")
    return mutation_check.exit_code_of_selfcheck(findings, alarms)


def _steps(options: argparse.Namespace) -> int:
    import pytest

    project = Project.current()
    os.chdir(project.root)
    ended = pytest.main(pytest_arguments.listing(project, options.word))
    return ExitCode.PASSED if ended == pytest.ExitCode.NO_TESTS_COLLECTED else int(ended)


def _faults(options: argparse.Namespace) -> int:
    if options.name:
        return _explore(options)
    Project.current_or_suite().make_importable()
    from masuk.faults.catalogue import FAULTS, domain_of

    width = max(len(name) for name in FAULTS)
    domains = sorted({domain_of(kind) for kind in FAULTS.values()})
    for domain in domains:
        print(f"{domain}:")
        for name, kind in FAULTS.items():
            if domain_of(kind) == domain:
                needs = ", ".join(sorted(need.value for need in kind.needs)) or "nothing"
                print(f"  {name:<{width}}  {kind.sentence}\n  {'':<{width}}  needs {needs}")
    return ExitCode.PASSED


def _explore(options: argparse.Namespace) -> int:
    project = Project.current()
    project.make_importable()
    from masuk.cli.hold_fault import explore
    from masuk.faults.catalogue import fault_named

    kind = fault_named(options.name)
    given = {key: str(Path(path).absolute()) for key in ("profile", "apk") if (path := getattr(options, key))}
    settings = load(project, {"device": options.device, **given})
    explore(kind, settings, Toolchain.default(), project, say=functools.partial(print, flush=True))
    return ExitCode.PASSED


def _inspect(options: argparse.Namespace) -> int:
    from masuk.cli.inspection import command

    toolchain, project = Toolchain.default(), Project.current()
    files = {key: str(Path(path).absolute()) for key in ("profile", "apk") if (path := getattr(options, key))}
    settings = load(project, {"device": options.device, "appium_url": options.appium_url, **files})
    if options.device is None and settings.device == HANDSET:
        settings = settings.model_copy(update={"device": command.device_to_look_at(Adb())})
    if settings.device != HANDSET and files:
        ignored = " and ".join(f"--{name}" for name in files)
        raise UsageError(
            f"{ignored}: {settings.device} is looked at as it is, whatever app it shows. Leave it out, or look at the"
            f" app on a handset with --device {HANDSET}."
        )
    out = Path(options.out or project.work / "inspect.html").absolute()
    command.inspect(settings, toolchain, project, out, say=functools.partial(print, flush=True))
    return ExitCode.PASSED


def _init(options: argparse.Namespace) -> int:
    from masuk.cli.new_project.command import new_project

    new_project(Path(options.folder).absolute(), options.pipeline, say=functools.partial(print, flush=True))
    return ExitCode.PASSED


def _new_app(options: argparse.Namespace) -> int:
    from masuk.cli.new_app.command import new_app

    project = Project.current()
    settings = load(project, {key: getattr(options, key) for key in ("device", "appium_url", "wait")})
    apk = Path(options.apk).absolute()
    new_app(options.name, apk, project, settings, Toolchain.default(), say=functools.partial(print, flush=True))
    return ExitCode.PASSED


def _new_fault(options: argparse.Namespace) -> int:
    project = Project.current()
    project.make_importable()
    from masuk.cli.new_fault.command import new_fault

    new_fault(options.name, project, say=functools.partial(print, flush=True))
    return ExitCode.PASSED


VERBS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "run": scenario_runs.run,
    "check": scenario_runs.check,
    "selfcheck": _selfcheck,
    "report": _report,
    "setup": _set_up,
    "doctor": _doctor,
    "completion": _completion,
    "devices": _devices,
    "steps": _steps,
    "faults": _faults,
    "inspect": _inspect,
    "init": _init,
    "new app": _new_app,
    "new fault": _new_fault,
}
