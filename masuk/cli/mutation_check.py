"""Tests the scenarios: each seeded defect of the reference app has to be caught by the scenarios of its check.

The sound app runs first. Then each defect, a build of its own, runs the scenarios that carry its check as a tag, with
the same options. A product failure catches the defect only if the sound app has passed that scenario: what the sound
app fails too says nothing about the defect.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from queue import SimpleQueue

from apk_tools.defects import Defect, load_defects
from masuk.automation.run_processes import Stack
from masuk.base.errors import SetupError, UsageError
from masuk.base.locations import SUITE, Project
from masuk.base.text_table import in_columns
from masuk.base.whole_numbers import counted
from masuk.cli.pytest_arguments import collecting
from masuk.config.settings import Settings
from masuk.device.adb import PORT_VARIABLE
from masuk.results.exit_code import ExitCode
from masuk.results.verdict import Result, Verdict, read
from masuk.toolchain.tools import Toolchain

OPTIONS = ("--masuk-wait", "5")
"""For the sound app and for each defect. Most scenarios wait for what a defect keeps from coming: patience is short."""
CATALOGUE = SUITE / "apps" / "reference" / "defects.toml"
FAILS_TOO = "the sound app does not pass this scenario either"


class Outcome(Enum):
    """What became of a defect."""

    CAUGHT = "caught"
    MISSED = "MISSED"
    NO_SCENARIO = "NO SCENARIO"
    UNCLEAR = "UNCLEAR"
    """The tools failed, so that nothing is shown."""


@dataclass(frozen=True)
class Finding:
    """A defect, what became of it, and the scenario that says so with its reason."""

    defect: Defect
    outcome: Outcome
    scenario: str = ""
    reason: str = ""


class Control:
    """What the sound app has shown, scenario by scenario, in one run or in several."""

    def __init__(self, results: Iterable[Result]) -> None:
        self._verdicts: dict[str, set[Verdict]] = {}
        for result in results:
            self._verdicts.setdefault(result.scenario, set()).add(result.verdict)

    def passes(self, scenario: str) -> bool:
        """Whether the sound app has run a scenario, and passed it each time."""
        return self._verdicts.get(scenario) == {Verdict.PASSED}

    @property
    def not_passed(self) -> int:
        """How many scenarios the sound app has run, and has not passed each time."""
        return sum(not self.passes(scenario) for scenario in self._verdicts)


def judge(defect: Defect, results: Sequence[Result], control: Control) -> Finding:
    """What the verdicts of the scenarios of its check say about a defect, given those of the sound app."""
    ran = [result for result in results if result.verdict is not Verdict.SKIPPED]
    telling = [result for result in ran if control.passes(result.scenario)]
    for result in telling:
        if result.verdict is Verdict.PRODUCT:
            return Finding(defect, Outcome.CAUGHT, result.scenario, result.reason)
    for result in telling:
        if result.verdict is not Verdict.PASSED:
            return Finding(defect, Outcome.UNCLEAR, result.scenario, result.reason)
    for result in ran:
        if not control.passes(result.scenario):
            return Finding(defect, Outcome.UNCLEAR, result.scenario, FAILS_TOO)
    return Finding(defect, Outcome.MISSED if ran else Outcome.NO_SCENARIO)


class TestBed:
    """A device and Appium, kept for many short runs."""

    def __init__(self, toolchain: Toolchain, project: Project, name: str, folder: Path) -> None:
        self._project = project
        self._stack = Stack(Settings(), toolchain, project, project.logs / name, name)
        self._folder = folder / name
        self._folder.mkdir()

    def __enter__(self) -> "TestBed":
        """Start them."""
        self._stack.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End them."""
        self._stack.stop()

    def run(self, apk: Path, tags: str | None, *options: str) -> list[Result]:
        """Run scenarios against a build; the results."""
        verdicts = self._folder / "verdicts.json"
        verdicts.unlink(missing_ok=True)
        device = self._stack.ready_device()
        command = [
            *(sys.executable, "-m", "pytest", *collecting(self._project), "-q", "-p", "no:cacheprovider", "--tb=no"),
            *("--masuk-device", device.serial, "--masuk-appium-url", self._stack.ready_appium()),
            *("--masuk-apk", str(apk), "--masuk-verdicts", str(verdicts), *options),
        ]
        if tags:
            command += ["-m", tags]
        environment = {**device.adb.environment, PORT_VARIABLE: str(device.adb.port)}
        finished = subprocess.run(
            command, cwd=self._project.root, env=environment, capture_output=True, text=True, check=False
        )
        if finished.returncode == ExitCode.USAGE:
            raise UsageError(finished.stdout[-2000:] + finished.stderr[-2000:])
        return read(verdicts) if verdicts.exists() else []


def check(
    toolchain: Toolchain,
    project: Project,
    workers: int,
    sound_runs: int,
    names: Sequence[str],
    report: Callable[[str], None],
) -> tuple[list[Finding], list[Result]]:
    """Run the sound app `sound_runs` times, then each defect; returns the findings and the sound app's failures.

    With `names` both run only the scenarios of these defects' checks. Raises UsageError for a name that no defect has.
    """
    defects = [defect for defect in load_defects(CATALOGUE) if not names or defect.name in names]
    unknown = set(names) - {defect.name for defect in defects}
    if unknown:
        raise UsageError(f"No such defect: {', '.join(sorted(unknown))}. They stand in apps/reference/defects.toml.")
    checks = " or ".join(sorted({defect.check for defect in defects})) if names else None
    _build(toolchain)
    free: SimpleQueue[TestBed] = SimpleQueue()
    with tempfile.TemporaryDirectory(prefix="masuk-selfcheck-") as folder, ExitStack() as benches:
        for number in range(workers):
            free.put(benches.enter_context(TestBed(toolchain, project, f"selfcheck-{number}", Path(folder))))

        def on_any(apk: Path, tags: str | None, *options: str) -> list[Result]:
            bench = free.get()
            try:
                return bench.run(apk, tags, *OPTIONS, *options)
            finally:
                free.put(bench)

        def sound(part: int) -> list[Result]:
            shard = f"{part % workers + 1}/{workers}"
            return on_any(toolchain.apps / "reference-2.0.0.apk", checks, "--masuk-shard", shard)

        with ThreadPoolExecutor(workers) as hands:
            runs = [result for part in hands.map(sound, range(workers * sound_runs)) for result in part]
            control = Control(runs)
            failures = str(control.not_passed + 1)
            report(f"the sound app: {counted(control.not_passed, 'scenario')} not passed, of {len(runs)} results")

            def seeded(defect: Defect) -> Finding:
                apk = toolchain.apps / "defects" / f"{defect.name}.apk"
                finding = judge(defect, on_any(apk, defect.check, "--maxfail", failures), control)
                report(f"{defect.name}: {finding.outcome.value}")
                return finding

            findings = list(hands.map(seeded, defects))
    alarms = [result for result in runs if result.verdict is not Verdict.PASSED]
    return findings, alarms


def matrix(findings: Iterable[Finding]) -> str:
    """A table for people: defect, check, outcome, and the scenario that has caught it."""
    return in_columns(
        [(one.defect.name, one.defect.check, one.outcome.value, one.scenario or one.reason) for one in findings]
    )


def exit_code_of_selfcheck(findings: Iterable[Finding], alarms: Sequence[Result]) -> int:
    """1 when a defect was missed or the sound app was accused, 3 when something is unclear, else 0."""
    outcomes = {finding.outcome for finding in findings}
    accused = any(result.verdict is Verdict.PRODUCT for result in alarms)
    if outcomes & {Outcome.MISSED, Outcome.NO_SCENARIO} or accused:
        return ExitCode.PRODUCT
    return ExitCode.INFRASTRUCTURE if Outcome.UNCLEAR in outcomes or alarms else ExitCode.PASSED


def _build(toolchain: Toolchain) -> None:
    command = [
        *(
            sys.executable,
            "-m",
            "apk_tools",
            "--apps",
            str(SUITE / "apps"),
            "--defects",
            "--jars",
            str(toolchain.root / "jars"),
        ),
        *("--ca", str(toolchain.authority / "ca.pem"), "--key-dir", str(toolchain.root / "signing")),
        *("--out", str(toolchain.apps)),
    ]
    built = subprocess.run(command, cwd=toolchain.root, capture_output=True, text=True, check=False)
    if built.returncode:
        raise SetupError(f"The builds with defects could not be made:\n{(built.stdout + built.stderr)[-2000:]}")
