"""Ten thousand generated scenarios without a device: what collecting, sharding, running and reporting them costs."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.series import Series, Unit
from masuk.base.locations import SUITE, Project
from masuk.results.report_maker import generate
from masuk.results.verdict import Result, Verdict, write
from masuk.toolchain.tools import Toolchain

SCENARIOS = 10_000
A_FEATURE = 100
SHARDS = 5
NO_DEVICE = ("--device", "no-device,no-other", "--appium-url", "http://127.0.0.1:1")
CONFTEST = """
import pytest
from pytest_bdd import given, then, when


class Nobody:
    def open_ahead(self):
        pass


@pytest.fixture(scope="session")
def session():
    return Nobody()


@given("a member", target_fixture="member")
def _member(people):
    return people.named("Rini")


@when("nothing is done")
def _nothing():
    pass


@then("it holds")
def _holds(member):
    assert member
"""
STEPS = "    Given a member\n    When nothing is done\n    Then it holds\n"


def measures(root: Path) -> Iterator[Series]:
    """One run of each; every scenario has three steps, and its evidence in the report."""
    suite, results, verdicts = root / "suite", root / "results", root / "verdicts.json"
    titles = _write(suite)
    write([Result(title, Verdict.PASSED, 1 + number % 7) for number, title in enumerate(titles)], verdicts)
    count = f"{len(titles)} scenarios"
    yield from _measured(f"{count}: collected", suite, "--collect-only")
    shard = ("--shard", f"2/{SHARDS}", "--durations-of", str(verdicts))
    yield from _measured(f"{count}: collected for one of {SHARDS} shards", suite, "--collect-only", *shard)
    yield from _measured(f"{count}: run", suite, "--alluredir", str(results), "--verdicts", str(verdicts))
    yield from _measured(f"{count}: run by two workers", suite, "-n", "2")
    began = time.monotonic()
    page = generate(Toolchain(root), Project(SUITE, root), results, root / "report")
    yield Series(f"{count}: report", Unit.SECONDS, (time.monotonic() - began,))
    yield Series(f"{count}: size of the report", Unit.MEGABYTES, (page.stat().st_size / 1e6,))
    assert len(json.loads(verdicts.read_text(encoding="utf-8"))) == len(titles)


def _write(suite: Path) -> list[str]:
    """Make the suite, a hundred scenarios in a file; the scenarios' titles."""
    suite.mkdir()
    (suite / "pytest.ini").write_text("[pytest]\n")
    (suite / "conftest.py").write_text(CONFTEST)
    (suite / "test_features.py").write_text('from pytest_bdd import scenarios\n\nscenarios(".")\n')
    titles = []
    for feature in range(SCENARIOS // A_FEATURE):
        lines = [f"Feature: Failure {feature}\n"]
        for number in range(A_FEATURE):
            lines.append(f"  Scenario: Login {number} of failure {feature}\n{STEPS}")
            titles.append(f"Failure {feature}: Login {number} of failure {feature}")
        (suite / f"failure_{feature}.feature").write_text("\n".join(lines))
    return titles


def _measured(name: str, suite: Path, *options: str) -> Iterator[Series]:
    """Run pytest in the suite; its time and its largest memory, of one process."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *NO_DEVICE, *options]
    began = time.monotonic()
    memory = _run(command, suite)
    yield Series(name, Unit.SECONDS, (time.monotonic() - began,))
    yield Series(f"{name}: RSS at most", Unit.MEGABYTES, (memory,))


def _run(command: Sequence[str], folder: Path) -> float:
    """Run to the end; megabytes that the largest of its processes has held."""
    log = folder.parent / "pytest.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(SUITE)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, log.read_text()[-2000:]
    return usage.ru_maxrss / 1000
