"""How long things take to start, and what a process start costs."""

import time

from benchmarks.rig import Handset, Rig, cpu_seconds
from benchmarks.series import Series, Unit, seconds
from masuk.profile import Profile
from masuk.services import Stack
from masuk.session import Session


def daemon(rig: Rig, times: int) -> Series:
    """From the command to `ready`; the spare process warms on after that."""
    samples = []
    for _ in range(times):
        began = time.perf_counter()
        child = rig.start_handset()
        try:
            rig.wait_for_handset(child)
            samples.append(time.perf_counter() - began)
        finally:
            child.stop()
    return Series("handset: start to ready", Unit.SECONDS, tuple(samples))


def appium(rig: Rig, handset: Handset, times: int) -> Series:
    """From the command until it listens."""
    samples = []
    for _ in range(times):
        handset.wait_until_warm()
        began = time.perf_counter()
        with rig.appium(handset.device) as stack:
            _ = stack.appium_url
            samples.append(time.perf_counter() - began)
    return Series("Appium: start to listening", Unit.SECONDS, tuple(samples))


def session(stack: Stack, handset: Handset, times: int) -> Series:
    """From the request until the driver can be used, with a warm spare, Appium running."""
    _ = stack.appium_url
    samples = []
    for _ in range(times):
        handset.wait_until_warm()
        opened = Session(stack)
        began = time.perf_counter()
        _ = opened.driver
        samples.append(time.perf_counter() - began)
        opened.close()
    return Series("session: opened", Unit.SECONDS, tuple(samples))


def app_with_spare(handset: Handset, profile: Profile, times: int) -> list[Series]:
    """`am start -W` with a warm spare, and what warming the spare has cost."""
    starts, costs = [], []
    for _ in range(times):
        handset.device.force_stop(profile.app.package)
        costs.append(cpu_seconds(handset.wait_until_warm()))
        starts.append(_start(handset, profile))
    return [
        Series("app: started, with a spare", Unit.SECONDS, tuple(starts)),
        Series("processor time to warm a spare", Unit.CPU_SECONDS, tuple(costs)),
    ]


def app_cold(handset: Handset, profile: Profile, times: int) -> list[Series]:
    """`am start -W` on a handset without a spare, and what the process has cost until the app is displayed."""
    starts, costs = [], []
    for _ in range(times):
        handset.device.force_stop(profile.app.package)
        starts.append(_start(handset, profile))
        pid = handset.device.pid(profile.app.package)
        assert pid is not None, "the app that was displayed has no process"
        costs.append(cpu_seconds(pid))
    return [
        Series("app: started, cold", Unit.SECONDS, tuple(starts)),
        Series("processor time of a cold start", Unit.CPU_SECONDS, tuple(costs)),
    ]


def _start(handset: Handset, profile: Profile) -> float:
    return seconds(lambda: handset.device.start(profile.app.package, profile.app.activity, {}))
