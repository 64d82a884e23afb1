"""`python -m ci.grid`: serve devices of this machine through a Selenium Grid until Ctrl-C or SIGTERM."""

import argparse
import signal
import sys
import threading
from collections.abc import Sequence
from functools import partial
from types import FrameType

from ci.grid.fleet import Fleet
from masuk.base.errors import MasukError
from masuk.base.locations import Project
from masuk.toolchain.tools import Toolchain

USUAL_PORT = 4444
LOOK_SECONDS = 1.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns 0 when it was told to end, or 3 when something did not start or has died."""
    options = _parser().parse_args(arguments)
    say = partial(print, flush=True)
    done = _told_to_stop()
    toolchain = Toolchain.default()
    serials = [serial for serial in options.device.split(",") if serial]
    handsets = options.nodes if options.nodes is not None else 0 if serials else 1
    fleet = Fleet(toolchain, Project.current(), handsets=handsets, serials=serials, port=options.port)
    try:
        fleet.start()
        say(_summary(fleet))
        while not done.wait(LOOK_SECONDS):
            fleet.demand_health()
    except KeyboardInterrupt:  # while it was starting
        pass
    except MasukError as error:
        print(f"ci.grid: {error}", file=sys.stderr)
        return 3
    finally:
        fleet.stop()
    say("Everything has ended.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ci.grid", description="Serves devices of this machine through a Selenium Grid until Ctrl-C."
    )
    parser.add_argument("--nodes", type=int, metavar="N", help="start N handsets (1, and none with --device)")
    parser.add_argument("--device", default="", metavar="SERIAL", help="serve attached devices, several with commas")
    parser.add_argument("--port", type=int, default=USUAL_PORT, help=f"the Grid's port ({USUAL_PORT}); 0: a free one")
    return parser


def _summary(fleet: Fleet) -> str:
    rows = [f"  {device.serial}: Appium {device.appium_url}, adb port {device.adb_port}" for device in fleet.devices]
    return "\n".join(
        [
            f"Grid: {fleet.grid.url}",
            *rows,
            f"Capabilities: {fleet.capabilities}",
            f"Try: masuk run -n {len(rows)} --appium-url {fleet.grid.url} --capabilities {fleet.capabilities}",
            "Ctrl-C ends all of it.",
        ]
    )


def _told_to_stop() -> threading.Event:
    """Set by the first SIGINT or SIGTERM. While things start it also breaks that off; a second one does nothing."""
    done = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        if not done.is_set():
            done.set()
            raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    return done


if __name__ == "__main__":
    sys.exit(main())
