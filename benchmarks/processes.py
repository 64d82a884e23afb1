"""What the start of an app process costs: from a warm spare, cold, and cold as Robolectric ships it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.rig import Handset, Rig, cpu_seconds, memory
from benchmarks.series import Series, Unit, seconds

APIDEMOS = Path("node/node_modules/android-apidemos/apks/ApiDemos-debug.apk")


@dataclass(frozen=True)
class Launchable:
    """An app with a launcher icon."""

    name: str
    apk: Path
    package: str
    activity: str


@dataclass(frozen=True)
class _Start:
    """`am start -W`: its seconds, and what the process has used and holds when it answers."""

    wall: float
    cpu: float
    resident: float
    proportional: float


def apps(rig: Rig) -> list[Launchable]:
    """The reference app, and one by somebody else with a large resource table and a hundred screens."""
    profile = rig.profile.app
    return [
        Launchable("reference app", profile.apk, profile.package, profile.activity),
        Launchable("ApiDemos", rig.toolchain.root / APIDEMOS, "io.appium.android.apis", ".ApiDemos"),
    ]


def measures(rig: Rig, times: int) -> Iterator[Series]:
    """Baked against unbaked, both apps, in one run."""
    for app in apps(rig):
        with rig.handset() as handset:
            handset.device.apps.install(app.apk)
            yield from _with_spare(handset, app, times)
        cold: dict[str, list[_Start]] = {}
        for way, options in {"baked": (), "unbaked": ("--unbaked",)}.items():
            with rig.handset("--no-spare", *options) as handset:
                handset.device.apps.install(app.apk)
                cold[way] = [_cold(handset, app) for _ in range(times)]
            yield from _as_series(f"{app.name}: cold, {way}", cold[way])
        ratios = [baked.cpu / unbaked.cpu for baked, unbaked in zip(cold["baked"], cold["unbaked"], strict=True)]
        yield Series(f"{app.name}: processor time, baked to unbaked", Unit.RATIO, tuple(ratios))


def start(handset: Handset, app: Launchable) -> float:
    """The seconds until `am start -W` answers."""
    return seconds(lambda: handset.device.apps.start(app.package, app.activity, {}))


def _with_spare(handset: Handset, app: Launchable, times: int) -> Iterator[Series]:
    starts, costs = [], []
    for _ in range(times):
        handset.device.apps.force_stop(app.package)
        costs.append(cpu_seconds(handset.wait_until_warm()))
        starts.append(start(handset, app))
    yield Series(f"{app.name}: started from a spare", Unit.SECONDS, tuple(starts))
    yield Series(f"{app.name}: processor time of making the spare", Unit.CPU_SECONDS, tuple(costs))


def _cold(handset: Handset, app: Launchable) -> _Start:
    handset.device.apps.force_stop(app.package)
    wall = start(handset, app)
    pid = handset.device.apps.pid(app.package)
    assert pid is not None, "the app that was displayed has no process"
    return _Start(wall, cpu_seconds(pid), *memory(pid))


def _as_series(name: str, starts: list[_Start]) -> Iterator[Series]:
    yield Series(f"{name}: started", Unit.SECONDS, tuple(one.wall for one in starts))
    yield Series(f"{name}: processor time", Unit.CPU_SECONDS, tuple(one.cpu for one in starts))
    yield Series(f"{name}: RSS", Unit.MEGABYTES, tuple(one.resident for one in starts))
    yield Series(f"{name}: PSS", Unit.MEGABYTES, tuple(one.proportional for one in starts))
