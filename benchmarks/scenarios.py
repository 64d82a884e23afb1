"""How long one scenario takes from the command to the verdict, as its users wait for it."""

import os
import subprocess
import sys
import time

from benchmarks.rig import Handset, Rig
from benchmarks.series import Series, Unit
from masuk.automation.run_processes import Stack
from masuk.base.errors import InfrastructureError
from masuk.base.locations import SUITE

SCENARIO = "features/login.feature::A member logs in and sees her card"


def with_all_running(rig: Rig, handset: Handset, stack: Stack, times: int) -> list[Series]:
    """On a device and an Appium that run already, without and with the report."""
    there = ("--device", handset.device.serial, "--appium-url", stack.ready_appium())
    variants = {
        "a scenario, device and Appium running": (*there, "--no-report"),
        "the same, with the report": there,
    }
    series = []
    for name, options in variants.items():
        samples = []
        for _ in range(times):
            handset.wait_until_warm()
            samples.append(run_time(rig, SCENARIO, *options))
        series.append(Series(name, Unit.SECONDS, tuple(samples)))
    return series


def from_nothing(rig: Rig, times: int) -> Series:
    """With nothing running: handset and Appium are started and ended by the run, and the report is made."""
    return Series("a scenario from nothing", Unit.SECONDS, tuple(run_time(rig, SCENARIO) for _ in range(times)))


def command(*arguments: str) -> list[str]:
    """The command line of `masuk run` with these arguments, from the checkout."""
    return [sys.executable, "-m", "masuk", "run", *arguments]


def environment(rig: Rig) -> dict[str, str]:
    """The environment in which masuk uses what the rig has made."""
    return {
        **os.environ,
        "MASUK_HOME": str(rig.toolchain.root),
        "MASUK_RESULTS": str(rig.project.work),
        "ANDROID_ADB_SERVER_PORT": str(rig.adb.port),
    }


def run_time(rig: Rig, *arguments: str) -> float:
    """Seconds of `masuk run` with these arguments. Raises InfrastructureError when it does not pass."""
    began = time.perf_counter()
    finished = subprocess.run(
        command(*arguments),
        cwd=SUITE,
        env=environment(rig),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    taken = time.perf_counter() - began
    if finished.returncode:
        raise InfrastructureError(
            f"masuk run {' '.join(arguments)} ended with {finished.returncode}, so its time says nothing:\n"
            f"{finished.stdout}{finished.stderr}"
        )
    return taken
