"""Several devices behind a Selenium Grid: how many scenarios a minute pass through it, and what the Grid costs."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.rig import Rig
from benchmarks.scenarios import run_time
from benchmarks.series import Series, Unit, timed
from ci.grid.fleet import Fleet
from masuk.automation.run_processes import Stack
from masuk.automation.session import Session
from masuk.config.settings import Settings

SIZES = (1, 2, 4)
SCENARIOS = ("features/login.feature", "features/no_network.feature")
"""With faults that go past the Grid, as they do in every run."""


def measures(rig: Rig, times: int) -> Iterator[Series]:
    """One run of the same scenarios on each size of fleet, and on one device past the Grid as well; single commands."""
    for size in SIZES:
        with _fleet(rig, size) as fleet:
            ways = {"through the Grid": fleet.grid.url}
            if size == 1:
                ways = {"no Grid": fleet.devices[0].appium_url, **ways}
                for way, url in ways.items():
                    yield _find(rig, way, url, fleet.capabilities, times)
            for way, url in ways.items():
                yield from _run(rig, f"{size} device{'s' * (size > 1)}, {way}", url, fleet.capabilities, size)


@contextmanager
def _fleet(rig: Rig, size: int) -> Iterator[Fleet]:
    fleet = Fleet(rig.toolchain, rig.project, handsets=size)
    try:
        fleet.start()
        yield fleet
    finally:
        fleet.stop()


def _run(rig: Rig, name: str, url: str, capabilities: Path, workers: int) -> Iterator[Series]:
    verdicts = rig.toolchain.root / "verdicts.json"
    there = ("--appium-url", url, "--capabilities", str(capabilities), "-n", str(workers))
    taken = run_time(rig, *SCENARIOS, *there, "--no-report", "--verdicts", str(verdicts))
    count = len(json.loads(verdicts.read_text(encoding="utf-8")))
    yield Series(f"{count} scenarios, {name}", Unit.SECONDS, (taken,))
    yield Series(f"{count} scenarios, {name}: throughput", Unit.PER_MINUTE, (count / taken * 60,))


def _find(rig: Rig, way: str, url: str, capabilities: Path, times: int) -> Series:
    stack = Stack(Settings(appium_url=url, capabilities=capabilities), rig.toolchain, rig.project, rig.logs)
    try:
        stack.start()
        device, app = stack.ready_device(), rig.profile.app
        device.apps.install(app.apk)
        device.apps.clear(app.package)
        device.apps.start(app.package, app.activity, {})
        session = Session(stack)
        driver, submit = session.driver, rig.profile.screens.login.submit
        found = timed(f"find by id, {way}", lambda: driver.find_element(submit.strategy, submit.value), times)
        session.close()
    finally:
        stack.stop()
    return found
