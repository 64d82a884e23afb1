"""Several devices on one machine, each with an app and a spare: what they hold, and how they hold each other up."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from benchmarks.processes import Launchable, apps, start
from benchmarks.rig import Handset, Rig, memory
from benchmarks.series import Series, Unit

SIZES = (1, 2, 4)


def measures(rig: Rig, times: int) -> Iterator[Series]:
    """Start times of the login app on every device at once, and proportional memory, for fleets of some sizes."""
    app = apps(rig)[0]
    for size in SIZES:
        with ExitStack() as devices, ThreadPoolExecutor(size) as hands:
            handsets = [devices.enter_context(rig.handset(name=f"fleet-{number}")) for number in range(size)]
            started = [second for _ in range(times) for second in hands.map(lambda one: _restart(one, app), handsets)]
            spares = [handset.wait_until_warm() for handset in handsets]
            yield Series(f"{_devices(size)}: app started on all at once", Unit.SECONDS, tuple(started))
            held = [_held(handset, app, spare) for handset, spare in zip(handsets, spares, strict=True)]
            yield Series(f"{_devices(size)}: PSS of one (daemon, app, spare)", Unit.MEGABYTES, tuple(held))
            yield Series(f"{_devices(size)}: PSS of all", Unit.MEGABYTES, (sum(held),))


def _restart(handset: Handset, app: Launchable) -> float:
    handset.device.apps.force_stop(app.package)
    handset.wait_until_warm()
    return start(handset, app)


def _held(handset: Handset, app: Launchable, spare: int) -> float:
    pid = handset.device.apps.pid(app.package)
    assert pid is not None, "the app that was displayed has no process"
    return sum(memory(one)[1] for one in (handset.child.pid, pid, spare))


def _devices(size: int) -> str:
    return "one device" if size == 1 else f"{size} devices"
