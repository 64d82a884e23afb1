"""The command line: `masuk run`, `check`, `setup`, `doctor`, `devices`, `selfcheck`, `faults`, `inspect`, `new`."""

import argparse
import functools
import gc
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from masuk import invocation, keeping, outputs
from masuk import run_folder as run_folders
from masuk.adb import Adb
from masuk.errors import MasukError, UsageError
from masuk.settings import HANDSET, load
from masuk.toolchain import CHECKOUT, Toolchain, set_up
from masuk.verdict import ExitCode, read, read_earlier

SHELLS = ("bash", "zsh", "fish")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code is 0, 1 (product), 3 (infrastructure), 4 (usage) or 5 (nothing ran)."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.command(options)
    except UsageError as error:
        print(f"masuk: {error}", file=sys.stderr)
        return ExitCode.USAGE
    except BrokenPipeError:  # whoever reads has enough, such as `head`
        _write_no_more()
        return ExitCode.PASSED
    except MasukError as error:
        print(f"masuk: {error}", file=sys.stderr)
        return ExitCode.INFRASTRUCTURE
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        print(f"masuk: {place}{error.strerror}. Is it there, may you use it, and is there space?", file=sys.stderr)
        return ExitCode.USAGE
    return code


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="masuk", description="Tests what an Android app does when login fails.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)
    for add in (_add_runs, _add_machine, _add_by_hand, _add_new):
        add(commands)
    return parser


def _add_runs(commands: "Commands") -> None:
    """Those that run scenarios, and what comes of it."""
    run = commands.add_parser("run", help="run scenarios and make the report")
    _add_choice(run)
    _add_target(run)
    run.add_argument("--apk", metavar="FILE", help="a build to test in the place of the profile's")
    run.add_argument(
        "--without-faults",
        action="store_true",
        help="withhold every fault, and report the scenarios that pass all the same: they are worthless",
    )
    run.add_argument(
        "--repeat", metavar="N", help="run each scenario N times, and report those that were not unanimous"
    )
    run.add_argument("--failed", action="store_true", help="only the scenarios that did not pass in the last run")
    run.add_argument("--step", action="store_true", help="show the screen and wait for Enter before each step")
    run.add_argument(
        "--keep",
        action="store_true",
        help="stop at the first failure, and leave everything as it is until Enter",
    )
    run.add_argument("--watch", action="store_true", help="run again at every save, with device and session kept")
    run.set_defaults(command=_run)

    check = commands.add_parser("check", help="test a build: exit 0 if it is good, 1 if it fails in a new way")
    check.add_argument("apk", metavar="NEW.apk", help="the build")
    check.add_argument("--baseline", metavar="FILE", help="verdicts of an earlier run: what failed there may fail here")
    check.add_argument(
        "--minimum", type=int, default=1, metavar="N", help="how many scenarios have to show something, at least (1)"
    )
    _add_choice(check)
    _add_target(check)
    check.set_defaults(command=_check, without_faults=False, repeat=None, step=False, keep=False)

    selfcheck = commands.add_parser(
        "selfcheck", help="test the scenarios: each defect that the reference app can be built with must be caught"
    )
    selfcheck.add_argument("defects", nargs="*", metavar="DEFECT", help="only these; none means all")
    selfcheck.add_argument("-n", dest="workers", type=int, default=2, metavar="N", help="on N handsets at once (2)")
    selfcheck.add_argument(
        "--sound-runs", type=int, default=1, metavar="N", help="how often the sound app runs, for false alarms (1)"
    )
    selfcheck.set_defaults(command=_selfcheck)

    report = commands.add_parser(
        "report", help="make the report of the last run again, or one of several runs' results"
    )
    report.add_argument("results", nargs="*", metavar="FOLDER", help="results of runs, such as the parts of one")
    report.add_argument("--out", metavar="FOLDER", help="where the report goes, in the place of the last run's")
    show = report.add_mutually_exclusive_group()
    show.add_argument("--open", action="store_true", help="open it in a browser")
    show.add_argument("--serve", action="store_true", help="serve it to this machine until Ctrl-C")
    report.set_defaults(command=_report)


def _add_machine(commands: "Commands") -> None:
    """Those about this machine and what is attached to it."""
    setup = commands.add_parser("setup", help="fetch and build what a run needs; does nothing when all is there")
    setup.set_defaults(command=_set_up)

    doctor = commands.add_parser("doctor", help="look at what a run needs, and name the cure for what is missing")
    doctor.add_argument("--clean", action="store_true", help="end what killed runs have left here and on devices")
    doctor.set_defaults(command=_doctor)

    completion = commands.add_parser("completion", help="print what completes masuk's words in a shell")
    completion.add_argument("shell", choices=SHELLS, help="source <(masuk completion bash)")
    completion.set_defaults(command=_completion)

    devices = commands.add_parser("devices", help="list the devices that are attached")
    devices.set_defaults(command=_devices)


def _add_by_hand(commands: "Commands") -> None:
    """Those with which a tester looks at an app."""
    faults = commands.add_parser("faults", help="list what can go wrong, or put one of it in force on a device")
    faults.add_argument("name", nargs="?", metavar="NAME", help="put this fault in force until Ctrl-C")
    faults.add_argument("--device", metavar="SERIAL", help="on this device; needed with NAME")
    faults.add_argument("--profile", help="TOML file of the app under test")
    faults.add_argument("--apk", metavar="FILE", help="a build in the place of the profile's, if none is installed")
    faults.set_defaults(command=_faults)

    inspect = commands.add_parser("inspect", help="write a page of the current screen, with locators for its elements")
    inspect.add_argument(
        "--device", metavar="SERIAL", help="on this device; without one, on that which is attached or on a handset"
    )
    inspect.add_argument("--profile", help="TOML file of the app that is opened on a handset")
    inspect.add_argument("--apk", metavar="FILE", help="a build in the place of the profile's")
    inspect.add_argument("--appium-url", help="a running Appium server, instead of one that is started for this")
    inspect.add_argument("--out", metavar="FILE", help="the page (.masuk/inspect.html)")
    inspect.set_defaults(command=_inspect)


def _add_new(commands: "Commands") -> None:
    """Those that write something to begin with."""
    new = commands.add_parser("new", help="begin something new: a profile for another app")
    kinds = new.add_subparsers(required=True, metavar="WHAT", parser_class=_Parser)
    app = kinds.add_parser("app", help="write apps/NAME/profile.toml from an APK and the login screen that it opens")
    app.add_argument("name", metavar="NAME", help="the folder in apps")
    app.add_argument("--apk", metavar="FILE", required=True, help="a build of the app")
    app.add_argument("--device", metavar="SERIAL", help="on this device; without one, on a handset")
    app.add_argument("--appium-url", help="a running Appium server, instead of one that is started for this")
    app.add_argument("--wait", metavar="SECONDS", help="how long the login screen may take to come")
    app.set_defaults(command=_new_app)


def _add_choice(parser: argparse.ArgumentParser) -> None:
    """Which scenarios."""
    parser.add_argument(
        "places", nargs="*", default=[], metavar="FEATURE[:LINE]", help="feature files, or one scenario by a line of it"
    )
    parser.add_argument("-k", dest="keyword", metavar="EXPRESSION", help="only scenarios whose name matches")
    parser.add_argument("--tags", metavar="EXPRESSION", help='only scenarios with these tags, such as "N1 or P5"')
    parser.add_argument("--shard", metavar="N/COUNT", help="only this part of them, such as 2/5, for several machines")
    parser.add_argument(
        "--durations-of", metavar="FILE", help="verdicts of an earlier run, so that the parts take equally long"
    )


def _add_target(parser: argparse.ArgumentParser) -> None:
    """On what, and what is kept."""
    parser.add_argument("--previous", metavar="FILE", help="the build that upgrade scenarios begin with")
    parser.add_argument(
        "--device",
        help="serial of a device, several with commas for -n, or `handset` (the default) for one that is started",
    )
    parser.add_argument("--avd", metavar="NAME", help="an Android virtual device, started for the run without a window")
    parser.add_argument("--appium-url", help="a running Appium server or Grid, instead of one that is started")
    parser.add_argument(
        "--capabilities", metavar="FILE", help="JSON or TOML: what sessions ask for beside our own, and the devices"
    )
    parser.add_argument("--profile", help="TOML file of the app under test")
    parser.add_argument("--backend", metavar="URL", help="where the app logs in to, instead of the stub backend")
    parser.add_argument("--accounts", metavar="FILE", help="TOML file of test accounts at that backend")
    parser.add_argument(
        "--intercept",
        metavar="FILE",
        help="PEM file with key and certificate of an authority that the build trusts, to break that backend",
    )
    parser.add_argument(
        "-n", dest="workers", metavar="N", help="run on N devices at once, each in a process of its own"
    )
    parser.add_argument("--wait", metavar="SECONDS", help="how long a screen may take to show what a step expects")
    parser.add_argument("--verdicts", metavar="FILE", help="write the verdicts as JSON, for other programs")
    parser.add_argument("--screenshots", choices=keeping.PICTURES, help="pictures of what steps have seen (on)")
    parser.add_argument("--trace", choices=keeping.RECORDINGS, help="keep every call to Appium with its time (off)")
    parser.add_argument("--video", choices=keeping.RECORDINGS, help="keep a film, a picture after each action (off)")
    parser.add_argument("--no-report", action="store_true", help="leave out the report")
    parser.add_argument(
        "--retries", metavar="N", help="try a scenario again whose tools have failed, never one that the product fails"
    )


class _Parser(argparse.ArgumentParser):
    """Argparse, with the exit code that means usage."""

    def error(self, message: str) -> None:  # type: ignore[override]
        self.print_usage(sys.stderr)
        self.exit(ExitCode.USAGE, f"{self.prog}: {message}. See {self.prog} --help\n")


Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"


def _run(options: argparse.Namespace) -> int:
    last = run_folders.latest(Toolchain.default().root).verdicts
    run = invocation.prepare(options)
    arguments = [*run.arguments, *(["--failed-of", str(last)] if options.failed else [])]
    if options.watch:
        return _watch(options, arguments, run.folder)
    # In this process, so that a signal to it reaches the run, and that what both need is loaded once.
    os.chdir(CHECKOUT)
    return _run_here(arguments)


def _watch(options: argparse.Namespace, arguments: Sequence[str], folder: run_folders.RunFolder) -> int:
    from masuk.watching import watch

    if options.workers:
        raise UsageError("--watch keeps one device and its session. Leave out -n.")
    settings = invocation.settings(options)
    if settings.capabilities is not None or len(settings.serials) > 1:  # the runs could not have what it holds
        raise UsageError("--watch keeps one device and its session. Leave out --capabilities, and name one device.")

    def joined(serial: str, appium_url: str, session: str) -> list[str]:
        kept = ["--device", serial, "--appium-url", appium_url, "--session-id", session]
        return [sys.executable, "-m", "pytest", *arguments, *kept]

    toolchain, say = Toolchain.default(), functools.partial(print, flush=True)
    name = "watch" if folder.path == toolchain.root else f"{folder.path.name}-watch"
    watch(settings, toolchain, name, joined, say)
    return ExitCode.PASSED


def _check(options: argparse.Namespace) -> int:
    from masuk.build_check import BuildCheck

    baseline = read_earlier(Path(options.baseline)) if options.baseline else []
    with tempfile.TemporaryDirectory() as folder:
        verdicts = Path(options.verdicts or Path(folder) / "verdicts.json").absolute()
        verdicts.unlink(missing_ok=True)
        options.verdicts = str(verdicts)
        command = [sys.executable, "-m", "pytest", *invocation.prepare(options).arguments]
        ended = subprocess.run(command, cwd=CHECKOUT, check=False).returncode
        if not verdicts.exists():  # pytest has said why
            return ended or ExitCode.NOTHING_RAN
        found = BuildCheck.of(read(verdicts), baseline, options.minimum)
    print(f"\n{found.summary(Path(options.apk).name)}")
    trouble = ended not in {ExitCode.PASSED, ExitCode.PRODUCT, ExitCode.NOTHING_RAN}
    return found.exit_code or (ended if trouble else ExitCode.PASSED)


def _run_here(arguments: list[str]) -> int:
    """Run pytest in this process; its exit code."""
    gc.disable()  # what is loaded is there to stay; the plugin has the garbage of the scenarios collected again
    import pytest

    try:
        return int(pytest.main(arguments))
    except BrokenPipeError:  # nobody has read the verdict
        _write_no_more()
        return ExitCode.INFRASTRUCTURE


def _write_no_more() -> None:
    """Python writes once more as it ends, into what nobody reads."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _set_up(_: argparse.Namespace) -> int:
    toolchain = Toolchain.default()
    outputs.demand_folder(toolchain.root, "Set MASUK_HOME to a folder that you may write to")
    set_up(toolchain, report=lambda line: print(line, flush=True))
    return ExitCode.PASSED


def _completion(options: argparse.Namespace) -> int:
    import shtab

    print(shtab.complete(_parser(), options.shell))
    return ExitCode.PASSED


def _doctor(options: argparse.Namespace) -> int:
    from masuk import doctor

    toolchain, adb = Toolchain.default(), Adb()
    if options.clean:
        print("\n".join(doctor.clean(toolchain, adb)) or "nothing to clean")
    bad = 0
    for finding in doctor.examine(toolchain, adb):
        print(finding, flush=True)
        bad += finding.state is doctor.State.BAD
    print(f"\n{bad} missing" if bad else "\nready: masuk run")
    return ExitCode.INFRASTRUCTURE if bad else ExitCode.PASSED


def _report(options: argparse.Namespace) -> int:
    from masuk import reading

    toolchain, say = Toolchain.default(), functools.partial(print, flush=True)
    last = run_folders.latest(toolchain.root)
    results = [Path(folder) for folder in options.results] or [last.results]
    target = Path(options.out or last.report)
    outputs.demand_folder(target, "Name another one with --out")
    page = reading.make(toolchain, results, target)
    if options.serve:
        reading.serve(page, say)
    elif options.open:
        reading.open_in_browser(page, say)
    else:
        say(f"report: {page}")
    return ExitCode.PASSED


def _devices(_: argparse.Namespace) -> int:
    from masuk.inventory import attached_devices, table

    adb = Adb()
    adb.demand_port()
    found = attached_devices(adb, Toolchain.default().leases) if adb.answers() else []
    print(table(found) if found else "no device is attached; `masuk run` starts a handset")
    return ExitCode.PASSED


def _selfcheck(options: argparse.Namespace) -> int:
    from masuk import selfcheck

    findings, alarms = selfcheck.check(
        Toolchain.default(),
        options.workers,
        options.sound_runs,
        options.defects,
        report=lambda line: print(f"  {line}", file=sys.stderr, flush=True),
    )
    print(selfcheck.matrix(findings))
    for alarm in alarms:
        print(f"the sound app: {alarm.scenario}: {alarm.verdict.value}: {alarm.reason}")
    caught = sum(finding.outcome is selfcheck.Outcome.CAUGHT for finding in findings)
    print(f"{caught} of {len(findings)} defects caught; {len(alarms)} false alarms in {options.sound_runs} sound runs")
    return selfcheck.exit_code(findings, alarms)


def _faults(options: argparse.Namespace) -> int:
    if options.name:
        return _explore(options)
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
    from masuk.by_hand import explore
    from masuk.faults.catalogue import fault_named

    kind = fault_named(options.name)
    if options.device in {None, HANDSET}:  # nobody would see the screen of a handset that is started for this
        raise UsageError(f"On which device? Try: masuk faults {kind.name} --device SERIAL, with one of `adb devices`.")
    given = {key: str(Path(path).absolute()) for key in ("profile", "apk") if (path := getattr(options, key))}
    settings = load(CHECKOUT, {"device": options.device, **given})
    explore(kind, settings, Toolchain.default(), say=functools.partial(print, flush=True))
    return ExitCode.PASSED


def _inspect(options: argparse.Namespace) -> int:
    from masuk.inspection import command

    toolchain = Toolchain.default()
    files = {key: str(Path(path).absolute()) for key in ("profile", "apk") if (path := getattr(options, key))}
    settings = load(CHECKOUT, {"device": options.device, "appium_url": options.appium_url, **files})
    if options.device is None and settings.device == HANDSET:
        settings = settings.model_copy(update={"device": command.device_to_look_at(Adb())})
    out = Path(options.out or toolchain.root / "inspect.html").absolute()
    command.inspect(settings, toolchain, CHECKOUT, out, say=functools.partial(print, flush=True))
    return ExitCode.PASSED


def _new_app(options: argparse.Namespace) -> int:
    from masuk.new_app.command import new_app

    settings = load(CHECKOUT, {key: getattr(options, key) for key in ("device", "appium_url", "wait")})
    apk = Path(options.apk).absolute()
    new_app(options.name, apk, CHECKOUT, settings, Toolchain.default(), say=functools.partial(print, flush=True))
    return ExitCode.PASSED
