"""What a run can be told, each option once: for the command line of `masuk run` and `masuk check`, and for pytest's.

An option that is a setting too has the setting's name, so that `masuk.toml` and a variable call it the same.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from masuk.base.whole_numbers import at_least
from masuk.config.evidence_policy import PICTURES, RECORDINGS


class Takes(Protocol):
    """Whatever options can be declared to: a parser of argparse, or a group of pytest's."""

    def __call__(self, *names: str, **words: Any) -> object:
        """Declare one."""


@dataclass(frozen=True)
class RunOption:
    """An option of a run. For pytest it begins with `masuk-`, since other plugins have a `--device` and a `--video`."""

    name: str
    help: str
    metavar: str | None = None
    parse: Callable[[str], Any] | None = None
    choices: Sequence[str] | None = None
    default: str | None = None
    """What pytest takes when it is not given."""
    is_flag: bool = False
    is_file: bool = False
    """A file or a folder."""
    is_repeatable: bool = False
    """It may be given several times, and its value is a list."""

    @property
    def flag(self) -> str:
        """As it is written on the command line of masuk."""
        return flag_of(self.name)

    @property
    def pytest_name(self) -> str:
        """By which pytest's config knows it."""
        return f"masuk_{self.name}"

    def declare(self, takes: Takes) -> None:
        """Declare it for a command of masuk."""
        takes(self.flag, **self._words())

    def declare_to_pytest(self, takes: Takes) -> None:
        """Declare it for pytest."""
        default = {"default": self.default} if self.default is not None else {}
        takes(flag_of(self.pytest_name), **self._words(), **default)

    def for_pytest(self, value: object) -> list[str]:
        """What pytest is to be told; nothing for an option that was not given."""
        if not value:
            return []
        flag = flag_of(self.pytest_name)
        if self.is_flag:
            return [flag]
        return [word for one in (value if isinstance(value, list) else [value]) for word in (flag, str(one))]

    def _words(self) -> dict[str, Any]:
        if self.is_flag:
            return {"action": "store_true", "help": self.help}
        words = {"metavar": self.metavar, "type": self.parse, "choices": self.choices, "help": self.help}
        if self.is_repeatable:
            words["action"] = "append"
        return {name: word for name, word in words.items() if word is not None}


def flag_of(name: str) -> str:
    """An option as it is written on the command line."""
    return f"--{name.replace('_', '-')}"


def _file(name: str, words: str, metavar: str = "FILE") -> RunOption:
    return RunOption(name, words, metavar, is_file=True)


CHOICE = (
    RunOption("shard", "only this part of them, such as 2/5, for several machines", "N/COUNT"),
    _file("durations_of", "verdicts of an earlier run, so that the parts take equally long; the same for every part"),
    RunOption(
        "leave_out",
        "what does not fit the app: default features by the names of their files, with wildcards, and checks",
        "NAMES",
    ),
)
"""Which scenarios."""
TARGET = (
    _file("previous", "the build that upgrade scenarios begin with"),
    RunOption(
        "device", "serial of a device, several with commas for -n, or `handset` (the default) for one that is started"
    ),
    RunOption("avd", "an Android virtual device, started for the run without a window", "NAME"),
    RunOption("appium_url", "a running Appium server or Grid, instead of one that is started"),
    _file("capabilities", "JSON or TOML: extra capabilities for sessions, and the devices"),
    _file("profile", "TOML file of the app under test (the included apps/reference/profile.toml)"),
    RunOption("backend", "where the app logs in to, instead of the stub backend", "URL"),
    _file("accounts", "TOML file of test accounts at that backend"),
    _file(
        "intercept", "PEM file with key and certificate of an authority that the build trusts, to break that backend"
    ),
    RunOption(
        "wait",
        "how long a screen may take to show what a step expects (10); does not affect time limits of checks",
        "SECONDS",
    ),
    RunOption("docs_url", "where docs/ is published, for the report's links to the checks (the included files)", "URL"),
    _file("verdicts", "write the verdicts as JSON, for other programs"),
    RunOption("screenshots", "pictures of what steps have seen (on)", choices=PICTURES, default="on"),
    RunOption("trace", "keep every call to Appium with its time (off)", choices=RECORDINGS, default="off"),
    RunOption("video", "keep a film, a picture after each action (off)", choices=RECORDINGS, default="off"),
    RunOption(
        "retries",
        "try a scenario again if its tools failed, never if the product failed",
        "N",
        at_least(0),
    ),
)
"""On what, and what is kept."""
OF_RUN = (
    _file("apk", "a build to test instead of the profile's"),
    RunOption(
        "without_faults",
        "run the controls: withhold every fault, and report scenarios that still pass",
        is_flag=True,
    ),
    RunOption("repeat", "run each scenario N times, and report those with different verdicts", "N", at_least(1)),
)
"""Those of `masuk run` alone."""
BY_HAND = (
    RunOption("step", "show the screen and wait for Enter before each step", is_flag=True),
    RunOption("keep", "stop at the first failure, and leave everything as it is until Enter", is_flag=True),
)
"""Those of `masuk run` for somebody who looks at the device. pytest needs -s for them."""
RUN_OPTIONS = (*CHOICE, *TARGET, *OF_RUN, *BY_HAND)
OF_PYTEST = (
    RunOption("scenario", "only these scenarios", "FILE[:LINE]", is_repeatable=True),
    _file("failed_of", "only the scenarios that did not pass by these verdicts"),
    RunOption("session_id", "an open session of the Appium server, to use and leave open", "ID"),
    _file("run_folder", "where logs go; its name tells the devices of this run apart", "FOLDER"),
    _file("report", "where the Allure report goes; needs --alluredir", "FOLDER"),
)
"""What `masuk run` finds out itself, and pytest has to be told."""
PYTEST_OPTIONS = (*RUN_OPTIONS, *OF_PYTEST)


def given_in(options: Mapping[str, Any]) -> dict[str, Any]:
    """Those of `PYTEST_OPTIONS` that were given, by name. Paths are absolute, so that they hold in any process."""
    given = {option.name: value for option in PYTEST_OPTIONS if (value := options.get(option.name)) is not None}
    files = [option.name for option in PYTEST_OPTIONS if option.is_file and option.name in given]
    return given | {name: Path(given[name]).absolute() for name in files}
