"""A fault in the hands of a tester: injected, proven, in force until they are done, restored."""

import signal
import threading
from collections.abc import Callable
from contextlib import ExitStack
from types import FrameType

from masuk import profile as profiles
from masuk.app import AppUnderTest
from masuk.backend import Backend
from masuk.bench import Bench
from masuk.destination import Destination
from masuk.device import Device
from masuk.faults.fault import Fault, FaultBoard
from masuk.leases import Use
from masuk.link import Link
from masuk.members import Registered
from masuk.people import Entry, People
from masuk.secrets import Vault
from masuk.services import Stack, demand_devices
from masuk.settings import Settings
from masuk.timeline import Timeline
from masuk.toolchain import CHECKOUT, Toolchain

NAME = "Rini"


def explore(kind: type[Fault], settings: Settings, toolchain: Toolchain, say: Callable[[str], None]) -> None:
    """Open the app on a device, put a fault in force, and hold it there until SIGINT or SIGTERM comes.

    The app is told to use a stub backend of its own, with one member; what they are to type is said in clear, since it
    was made up for this. What the tester has stored in the app stays, apart from what the fault damages. Raises
    FaultNotProven, NotServed and what else faults raise; whatever was injected is restored.
    """
    profile = profiles.load(CHECKOUT / settings.profile, CHECKOUT, settings.apk)
    demand_devices(settings, toolchain.leases, Use.FAULT)
    done = _told_to_stop()
    stack = Stack(settings, toolchain, toolchain.root / "logs" / "faults", use=Use.FAULT)
    with ExitStack() as running:
        running.callback(stack.stop)
        stack.start_device()
        device = stack.device
        backend = running.enter_context(Backend(toolchain.authority))
        link = running.enter_context(Link())
        bench = _bench(profile, device, backend, link)
        if device.apps.version_code(bench.app.package) is None:
            bench.app.install()
        bench.app.launch()
        say(f"{profile.app.name} is open on {device.serial}, with a backend of its own at {backend.address}.")
        _hold(kind, bench, done, say)


def _hold(kind: type[Fault], bench: Bench, done: threading.Event, say: Callable[[str], None]) -> None:
    board = FaultBoard(bench)
    try:
        board.inject(kind)
        bench.app.launch()
        say(f"In force: {kind.sentence}\nSeen by this: {board.proof}.")
        say(f"Log in as {NAME}: number {bench.entry.identifier.reveal()}, password {bench.entry.password.reveal()}")
        say("Ctrl-C restores everything.")
        done.wait()
    finally:
        board.restore_all()
    say("Restored.")


def _bench(profile: profiles.Profile, device: Device, backend: Backend, link: Link) -> Bench:
    timeline, people, entry = Timeline(), People(Vault()), Entry()
    members = Registered(people, backend)
    entry.belongs_to(members.named(NAME))
    app = AppUnderTest(profile, device, backend.address, timeline)
    destination = Destination(backend.address)
    return Bench(profile, device, app, destination, backend, link, people, members, entry, timeline)


def _told_to_stop() -> threading.Event:
    """Set by the first SIGINT or SIGTERM; a second one does not keep the fault from being restored."""
    done = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        done.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    return done
