"""How long handset, Appium and session take to start."""

import time

from benchmarks.rig import Handset, Rig
from benchmarks.series import Series, Unit
from masuk.automation.run_processes import Stack
from masuk.automation.session import Session


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
            _ = stack.ready_appium()
            samples.append(time.perf_counter() - began)
    return Series("Appium: start to listening", Unit.SECONDS, tuple(samples))


def session(stack: Stack, handset: Handset, times: int) -> Series:
    """From the request until the driver can be used, with a warm spare, Appium running."""
    _ = stack.ready_appium()
    samples = []
    for _ in range(times):
        handset.wait_until_warm()
        opened = Session(stack)
        began = time.perf_counter()
        _ = opened.driver
        samples.append(time.perf_counter() - began)
        opened.close()
    return Series("session: opened", Unit.SECONDS, tuple(samples))
