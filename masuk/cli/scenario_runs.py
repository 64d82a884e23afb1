"""The commands that run scenarios: `masuk run` and `masuk check`."""

import argparse
import contextlib
import functools
import gc
import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from masuk.base.errors import UsageError
from masuk.base.run_folder import VERDICTS
from masuk.cli import pytest_arguments
from masuk.cli.broken_pipe import write_no_more
from masuk.results.exit_code import ExitCode
from masuk.results.verdict import read, read_earlier, write
from masuk.toolchain.tools import Toolchain


def run(options: argparse.Namespace) -> int:
    """Run scenarios, once or at every save; the exit code."""
    invocation = pytest_arguments.prepare(options)
    if options.watch:
        return _watch(options, invocation)
    return _run_here(invocation, ahead=not options.workers)


def _watch(options: argparse.Namespace, run: pytest_arguments.Invocation) -> int:
    from masuk.cli.watching import watch

    if options.workers:
        raise UsageError("--watch keeps one device and its session. Leave out -n.")
    settings, folder, project = run.plan.settings, run.plan.folder, run.plan.project
    if settings.capabilities is not None or len(settings.serials) > 1:  # the runs could not have what it holds
        raise UsageError("--watch keeps one device and its session. Leave out --capabilities, and name one device.")

    arguments = pytest_arguments.for_another_process(options, run)

    def joined(serial: str, appium_url: str, session: str) -> list[str]:
        kept = ["--masuk-device", serial, "--masuk-appium-url", appium_url, "--masuk-session-id", session]
        return [sys.executable, "-m", "pytest", *arguments, *kept]

    toolchain, say = Toolchain.default(), functools.partial(print, flush=True)
    name = "watch" if folder.path == project.work else f"{folder.path.name}-watch"
    watch(settings, toolchain, project, name, joined, say)
    return ExitCode.PASSED


def check(options: argparse.Namespace) -> int:
    """Run scenarios on a build, and compare with what failed before; the exit code says whether the build is good."""
    from masuk.results import junit
    from masuk.results.baseline import BuildCheck

    baseline = read_earlier(Path(options.baseline)) if options.baseline else []
    run = pytest_arguments.prepare(options)
    wanted = Path(options.verdicts).absolute() if options.verdicts else None
    with tempfile.TemporaryDirectory() as folder:
        verdicts = Path(folder) / VERDICTS
        kept_aside = replace(run, plan=replace(run.plan, verdicts=verdicts))
        ended = _run_here(kept_aside, ahead=not options.workers)
        if ended == ExitCode.INTERRUPTED or not verdicts.exists():  # pytest has said why
            return ended or ExitCode.NOTHING_RAN
        results = read(verdicts)
    if wanted is not None:
        write(results, wanted)
    found = BuildCheck.of(results, baseline, options.minimum)
    if found.known and run.plan.report is not None:
        junit.write(results, run.plan.report / junit.FILE_NAME, found.known)
    print(f"\n{found.summary(Path(options.apk).name)}")
    trouble = ended not in {ExitCode.PASSED, ExitCode.PRODUCT, ExitCode.NOTHING_RAN}
    return found.exit_code or (ended if trouble else ExitCode.PASSED)


def _run_here(run: pytest_arguments.Invocation, *, ahead: bool) -> int:
    """Run pytest; its exit code, which `masuk.plugin.run_outcome` decides.

    With `ahead`, device and session are begun before pytest is loaded.

    In this process, so that a signal to it reaches the run, and that what both need is loaded once.
    """
    os.chdir(run.plan.project.root)
    gc.disable()  # what is loaded is there to stay; the plugin has the garbage of the scenarios collected again
    with contextlib.ExitStack() as begun:
        plugins: list[object] = [run.plan]
        if ahead:
            from masuk.automation.prestart import Ahead

            plugins.append(begun.enter_context(Ahead.of(run.plan, Toolchain.default())))
        import pytest

        try:
            return int(pytest.main(run.arguments, plugins))
        except BrokenPipeError:  # nobody has read the verdict
            write_no_more()
            return ExitCode.INFRASTRUCTURE
