"""Tests the scenarios: each seeded defect of the reference app has to be caught by the scenarios of its check.

A defect is a build of its own. It is installed, the scenarios that carry its check as a tag run until the first of them
fails, and what they say is looked at: a product failure has caught it, anything else has not.
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

from apps.defects import Defect, load_defects
from masuk.adb import PORT_VARIABLE
from masuk.columns import in_columns
from masuk.errors import SetupError, UsageError
from masuk.services import Stack
from masuk.settings import Settings
from masuk.toolchain import CHECKOUT, Toolchain
from masuk.verdict import ExitCode, Result, Verdict, read

WAIT = "5"
"""Seconds that a screen may take: most of these scenarios wait for something that a defect keeps from coming."""


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


def judge(defect: Defect, results: Sequence[Result]) -> Finding:
    """What the verdicts of the scenarios of its check say about a defect."""
    ran = [result for result in results if result.verdict is not Verdict.SKIPPED]
    for result in ran:
        if result.verdict is Verdict.PRODUCT:
            return Finding(defect, Outcome.CAUGHT, result.scenario, result.reason)
    for result in ran:
        if result.verdict is not Verdict.PASSED:
            return Finding(defect, Outcome.UNCLEAR, result.scenario, result.reason)
    return Finding(defect, Outcome.MISSED if ran else Outcome.NO_SCENARIO)


class Bench:
    """A device and Appium, kept for many short runs."""

    def __init__(self, toolchain: Toolchain, name: str, folder: Path) -> None:
        self._stack = Stack(Settings(), toolchain, toolchain.root / "logs" / name, name)
        self._folder = folder / name
        self._folder.mkdir()

    def __enter__(self) -> "Bench":
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
        device = self._stack.device
        command = [
            *(sys.executable, "-m", "pytest", "tests/scenarios", "-q", "-p", "no:cacheprovider", "--tb=no"),
            *("-c", str(CHECKOUT / "pyproject.toml"), "--rootdir", str(CHECKOUT)),
            *("--device", device.serial, "--appium-url", self._stack.appium_url),
            *("--apk", str(apk), "--verdicts", str(verdicts), *options),
        ]
        if tags:
            command += ["-m", tags]
        environment = {**device.adb.environment, PORT_VARIABLE: str(device.adb.port)}
        finished = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)
        if finished.returncode == ExitCode.USAGE:
            raise UsageError(finished.stdout[-2000:] + finished.stderr[-2000:])
        return read(verdicts) if verdicts.exists() else []


def check(
    toolchain: Toolchain, workers: int, sound_runs: int, names: Sequence[str], report: Callable[[str], None]
) -> tuple[list[Finding], list[Result]]:
    """Run each defect, and the sound app `sound_runs` times; returns the findings and the sound app's failures."""
    defects = [defect for defect in load_defects() if not names or defect.name in names]
    unknown = set(names) - {defect.name for defect in defects}
    if unknown:
        raise UsageError(f"No such defect: {', '.join(sorted(unknown))}. They stand in apps/reference/defects.toml.")
    _build(toolchain)
    free: SimpleQueue[Bench] = SimpleQueue()
    with tempfile.TemporaryDirectory(prefix="masuk-selfcheck-") as folder, ExitStack() as benches:
        for number in range(workers):
            free.put(benches.enter_context(Bench(toolchain, f"selfcheck-{number}", Path(folder))))

        def on_any(apk: Path, tags: str | None, *options: str) -> list[Result]:
            bench = free.get()
            try:
                return bench.run(apk, tags, *options)
            finally:
                free.put(bench)

        def seeded(defect: Defect) -> Finding:
            apk = toolchain.apps / "defects" / f"{defect.name}.apk"
            finding = judge(defect, on_any(apk, defect.check, "-x", "--wait", WAIT))
            report(f"{defect.name}: {finding.outcome.value}")
            return finding

        def sound(_: int) -> list[Result]:
            return on_any(toolchain.apps / "reference-2.0.0.apk", None)

        with ThreadPoolExecutor(workers) as hands:
            findings = list(hands.map(seeded, defects))
            runs = list(hands.map(sound, range(sound_runs)))
    return findings, [result for run in runs for result in run if result.verdict is not Verdict.PASSED]


def matrix(findings: Iterable[Finding]) -> str:
    """A table for people: defect, check, outcome, and the scenario that has caught it."""
    return in_columns(
        [(one.defect.name, one.defect.check, one.outcome.value, one.scenario or one.reason) for one in findings]
    )


def exit_code(findings: Iterable[Finding], alarms: Sequence[Result]) -> int:
    """1 when a defect was missed or the sound app was accused, 3 when something is unclear, else 0."""
    outcomes = {finding.outcome for finding in findings}
    accused = any(result.verdict is Verdict.PRODUCT for result in alarms)
    if outcomes & {Outcome.MISSED, Outcome.NO_SCENARIO} or accused:
        return ExitCode.PRODUCT
    return ExitCode.INFRASTRUCTURE if Outcome.UNCLEAR in outcomes or alarms else ExitCode.PASSED


def _build(toolchain: Toolchain) -> None:
    command = [
        *(sys.executable, "-m", "apps.build", "--defects", "--jars", str(toolchain.root / "jars")),
        *("--ca", str(toolchain.authority / "ca.pem"), "--key-dir", str(toolchain.root / "signing")),
        *("--out", str(toolchain.apps)),
    ]
    built = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    if built.returncode:
        raise SetupError(f"The builds with defects could not be made:\n{(built.stdout + built.stderr)[-2000:]}")
