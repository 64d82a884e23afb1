"""`python -m benchmarks`: measure everything in one run and print one table."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import acting, fleet, grid, processes, scale, scenarios, starting, suite
from benchmarks.compare import measuring
from benchmarks.rig import Handset, Rig, memory
from benchmarks.series import Series, Unit
from benchmarks.table import as_markdown, machine, write_json
from masuk.automation.run_processes import Stack
from masuk.automation.session import Session
from masuk.base.errors import MasukError
from masuk.toolchain.tools import Toolchain

PARTS = ("processes", "fleet", "harness", "suite")
ON_REQUEST = ("grid", "compare", "scale")
"""Not without `--only`: other tools are fetched for it, or it is long."""


def main() -> int:
    """Returns 0, or 3 when something that was to be measured does not work."""
    options = _parser().parse_args()
    facts = machine()
    series: list[Series] = []
    with tempfile.TemporaryDirectory(prefix="masuk-benchmarks-") as folder:
        try:
            for one in _measures(Path(folder), options):
                print(f"  {one.name}: {one.median:.{one.unit.digits}f} {one.unit.value}", file=sys.stderr, flush=True)
                series.append(one)
        except MasukError as error:
            print(f"benchmarks: {error}", file=sys.stderr)
            return 3
    print(", ".join(f"{name} {value}" for name, value in facts.items()), end="\n\n")
    print(as_markdown(series))
    write_json(options.json, facts, series)
    print(f"every sample: {options.json}", file=sys.stderr)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measures handset and harness.")
    parser.add_argument("--only", choices=(*PARTS, *ON_REQUEST), help="one part of the table")
    parser.add_argument("--processes", type=int, default=10, metavar="N", help="samples of starts of app processes")
    parser.add_argument(
        "--starts", type=int, default=5, metavar="N", help="samples of what else starts, of scenarios and other tools"
    )
    parser.add_argument("--commands", type=int, default=20, metavar="N", help="samples of single commands")
    parser.add_argument(
        "--json",
        type=Path,
        default=Toolchain.default().root / "benchmarks.json",
        metavar="FILE",
        help="where every sample goes",
    )
    return parser


def _measures(root: Path, options: argparse.Namespace) -> Iterator[Series]:
    rig = Rig(root)
    wanted = {options.only} if options.only else set(PARTS)
    with rig.adb_server():
        if "processes" in wanted:
            yield from processes.measures(rig, options.processes)
        if "fleet" in wanted:
            yield from fleet.measures(rig, options.starts)
        if "harness" in wanted:
            yield starting.daemon(rig, options.starts)
            with rig.handset() as handset:
                yield from _on_running_handset(rig, handset, options.starts, options.commands)
            yield scenarios.from_nothing(rig, options.starts)
        if "suite" in wanted:
            yield from suite.measures(rig)
        if "grid" in wanted:
            yield from grid.measures(rig, options.commands)
        if "scale" in wanted:
            yield from scale.measures(root)
        if "compare" in wanted:
            yield from measuring.measures(rig, options.starts)


def _on_running_handset(rig: Rig, handset: Handset, starts: int, commands: int) -> Iterator[Series]:
    yield starting.appium(rig, handset, starts)
    with rig.appium(handset.device) as stack:
        yield starting.session(stack, handset, starts)
        profile = rig.profile
        session = Session(stack)
        login = profile.screens.login
        _ = session.driver
        handset.device.apps.start(profile.app.package, profile.app.activity, {})
        handset.wait_until_warm()  # so that warming another one does not disturb
        yield from acting.commands(session.driver, login, handset, commands)
        yield acting.tap_to_visible(session.driver, login, commands)
        yield from _memory(rig, handset, stack)
        session.close()
        yield from scenarios.with_all_running(rig, handset, stack, starts)


def _memory(rig: Rig, handset: Handset, stack: Stack) -> Iterator[Series]:
    app, appium = handset.device.apps.pid(rig.profile.app.package), stack.appium
    assert app is not None, "the app that was driven has no process"
    assert appium is not None, "the rig starts Appium itself"
    processes = {
        "handset's daemon": handset.child.pid,
        "Appium": appium.pid,
        "app process": app,
        "spare process": handset.wait_until_warm(),
    }
    for name, pid in processes.items():
        resident, shared = memory(pid)
        yield Series(f"memory, {name}: RSS", Unit.MEGABYTES, (resident,))
        yield Series(f"memory, {name}: PSS", Unit.MEGABYTES, (shared,))


if __name__ == "__main__":
    sys.exit(main())
