"""The words of the command line: commands, their options, and what each is for."""

import argparse
import sys
from collections.abc import Sequence
from typing import TypeAlias

from masuk.base.whole_numbers import at_least, workers
from masuk.cli.new_project.pipelines import PIPELINES
from masuk.config.run_options import BY_HAND, CHOICE, OF_RUN, TARGET
from masuk.results.exit_code import ExitCode

SHELLS = ("bash", "zsh", "fish")


class _Parser(argparse.ArgumentParser):
    """Argparse, with the exit code that means usage."""

    def error(self, message: str) -> None:  # type: ignore[override]
        self.print_usage(sys.stderr)
        self.exit(ExitCode.USAGE, f"{self.prog}: {message}. See {self.prog} --help\n")


class _InAnyOrder(argparse._SubParsersAction):  # type: ignore[type-arg]
    """Leaves all words after a command to its own parser, which takes places and options in any order.

    Argparse by itself takes no place after an option, and reports it as if no command had been named.
    """

    def __call__(
        self,
        _: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[str] | None,
        __: str | None = None,
    ) -> None:
        """Read them; what the command does not know is its own error, and names its own help."""
        name, *words = values or ()
        command = self.choices[name]
        has_commands = command._subparsers is not None  # of which argparse reads nothing in another order
        found = command.parse_args(words) if has_commands else command.parse_intermixed_args(words)
        vars(namespace).update(vars(found))


Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"


def parser() -> argparse.ArgumentParser:
    """What takes the command line apart: `verb` says what is wanted, as `run` or `new app`."""
    words = _Parser(prog="masuk", description="Tests what an Android app does when login fails.")
    commands = words.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser, action=_InAnyOrder)
    for add in (_add_runs, _add_machine, _add_by_hand, _add_new):
        add(commands)
    return words


def _add_runs(commands: Commands) -> None:
    """Those that run scenarios, and what comes of it."""
    run = commands.add_parser("run", help="run scenarios and make the report")
    _add_choice(run)
    _add_target(run)
    for option in (*OF_RUN, *BY_HAND):
        option.declare(run.add_argument)
    run.add_argument("--failed", action="store_true", help="only the scenarios that did not pass in the last run")
    run.add_argument("--watch", action="store_true", help="run again at every save, with device and session kept")
    run.set_defaults(verb="run")

    check = commands.add_parser("check", help="test a build: exit 0 if it is good, 1 if it fails in a new way")
    check.add_argument("apk", metavar="NEW.apk", help="the build")
    check.add_argument("--baseline", metavar="FILE", help="verdicts of an earlier run: what failed there may fail here")
    check.add_argument(
        "--minimum",
        type=at_least(1),
        default=1,
        metavar="N",
        help="how many scenarios have to show something, at least (1)",
    )
    _add_choice(check)
    _add_target(check)
    check.set_defaults(verb="check")

    selfcheck = commands.add_parser(
        "selfcheck", help="test the scenarios: each defect that the reference app can be built with must be caught"
    )
    selfcheck.add_argument("defects", nargs="*", metavar="DEFECT", help="only these; none means all")
    selfcheck.add_argument(
        "-n", dest="workers", type=at_least(1), default=2, metavar="N", help="on N handsets at once (2)"
    )
    selfcheck.add_argument(
        "--sound-runs",
        type=at_least(1),
        default=1,
        metavar="N",
        help="how often the sound app runs first: what it does not pass each time catches no defect (1)",
    )
    selfcheck.set_defaults(verb="selfcheck")

    report = commands.add_parser(
        "report", help="make the report of the last run again, or one of several runs' results"
    )
    report.add_argument("results", nargs="*", metavar="FOLDER", help="results of runs, such as the parts of one")
    report.add_argument("--out", metavar="FOLDER", help="where the report goes, in the place of the last run's")
    show = report.add_mutually_exclusive_group()
    show.add_argument("--open", action="store_true", help="open it in a browser")
    show.add_argument("--serve", action="store_true", help="serve it to this machine until Ctrl-C")
    report.set_defaults(verb="report")


def _add_machine(commands: Commands) -> None:
    """Those about this machine and what is attached to it."""
    setup = commands.add_parser("setup", help="fetch and build what a run needs; does nothing when all is there")
    setup.set_defaults(verb="setup")

    doctor = commands.add_parser("doctor", help="look at what a run needs, and name the cure for what is missing")
    doctor.add_argument("--clean", action="store_true", help="end what killed runs have left here and on devices")
    doctor.set_defaults(verb="doctor")

    completion = commands.add_parser("completion", help="print what completes masuk's words in a shell")
    completion.add_argument("shell", choices=SHELLS, help="source <(masuk completion bash)")
    completion.set_defaults(verb="completion")

    devices = commands.add_parser("devices", help="list the devices that are attached")
    devices.set_defaults(verb="devices")


def _add_by_hand(commands: Commands) -> None:
    """Those with which a tester looks at an app, and for words."""
    steps = commands.add_parser("steps", help="list the steps that scenarios are made of, and where they are defined")
    steps.add_argument("word", nargs="?", default="", metavar="WORD", help="only those with this word")
    steps.set_defaults(verb="steps")

    faults = commands.add_parser("faults", help="list what can go wrong, or put one of it in force on a device")
    faults.add_argument("name", nargs="?", metavar="FAULT", help="put this fault in force until Ctrl-C")
    faults.add_argument("--device", metavar="SERIAL", help="on this device; without one, on a handset that is started")
    faults.add_argument("--profile", metavar="FILE", help="TOML file of the app under test")
    faults.add_argument("--apk", metavar="FILE", help="a build in the place of the profile's")
    faults.set_defaults(verb="faults")

    inspect = commands.add_parser("inspect", help="write a page of the current screen, with locators for its elements")
    inspect.add_argument(
        "--device", metavar="SERIAL", help="this device as it is; without one, that which is attached, or a handset"
    )
    inspect.add_argument("--profile", metavar="FILE", help="TOML file of the app that is opened on a handset")
    inspect.add_argument("--apk", metavar="FILE", help="a build in the place of the profile's, for a handset")
    inspect.add_argument("--appium-url", help="a running Appium server, instead of one that is started for this")
    inspect.add_argument("--out", metavar="FILE", help="the page (.masuk/inspect.html)")
    inspect.set_defaults(verb="inspect")


def _add_new(commands: Commands) -> None:
    """Those that write something to begin with."""
    init = commands.add_parser("init", help="make a folder a project that tests your own app")
    init.add_argument("folder", nargs="?", default=".", metavar="FOLDER", help="the folder (.); it is made if need be")
    init.add_argument("--pipeline", choices=list(PIPELINES), help="write a pipeline for this service too")
    init.set_defaults(verb="init")

    new = commands.add_parser("new", help="begin something new: a profile for another app, or a fault")
    kinds = new.add_subparsers(required=True, metavar="WHAT", parser_class=_Parser, action=_InAnyOrder)
    app = kinds.add_parser("app", help="write apps/NAME/profile.toml from an APK and the login screen that it opens")
    app.add_argument("name", metavar="NAME", help="the folder in apps")
    app.add_argument("--apk", metavar="FILE", required=True, help="a build of the app")
    app.add_argument("--device", metavar="SERIAL", help="on this device; without one, on a handset")
    app.add_argument("--appium-url", help="a running Appium server, instead of one that is started for this")
    app.add_argument("--wait", metavar="SECONDS", help="how long the login screen may take to come")
    app.set_defaults(verb="new app")

    fault = kinds.add_parser("fault", help="write a fault and a feature about it, to be completed")
    fault.add_argument("name", metavar="NAME", help="words of small letters, such as network-off")
    fault.set_defaults(verb="new fault")


def _add_choice(parser: argparse.ArgumentParser) -> None:
    """Which scenarios."""
    parser.add_argument(
        "places", nargs="*", default=[], metavar="FEATURE[:LINE]", help="feature files, or one scenario by a line of it"
    )
    parser.add_argument("-k", dest="keyword", metavar="EXPRESSION", help="only scenarios whose name matches")
    parser.add_argument("--tags", metavar="TAGS", help='only scenarios with these tags, such as "N1 or P5"')
    for option in CHOICE:
        option.declare(parser.add_argument)


def _add_target(parser: argparse.ArgumentParser) -> None:
    """On what, and what is kept."""
    for option in TARGET:
        option.declare(parser.add_argument)
    parser.add_argument(
        "-n",
        dest="workers",
        type=workers,
        metavar="N",
        help="run on N devices at once, each in a process of its own; auto takes as many as there are processors",
    )
    parser.add_argument("--no-report", action="store_true", help="leave out the report")
