"""A fault in the hands of a tester: injected, proven, in force until they are done, restored."""

import shlex
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import FrameType

from masuk.automation.reachability import demand_devices
from masuk.automation.run_processes import Stack
from masuk.base.endpoint import Destination
from masuk.base.errors import UsageError
from masuk.base.locations import Project
from masuk.base.run_folder import lease
from masuk.base.timeline import Timeline
from masuk.config.profile import Profile
from masuk.config.settings import Settings
from masuk.device import AdbDevice, Device
from masuk.device.adb import DEFAULT_PORT, PORT_VARIABLE
from masuk.device.app_under_test import AppUnderTest
from masuk.device.leases import Use
from masuk.faults.bench import Bench
from masuk.faults.fault import Fault, FaultBoard
from masuk.secrets.vault import Vault
from masuk.services.account_pool import Registered
from masuk.services.backend import Backend
from masuk.services.network_proxy import Link
from masuk.services.personas import Entry, People, plain_password
from masuk.toolchain.preflight import profile_of
from masuk.toolchain.tools import Toolchain

NAME = "Rini"
HOME = "by-hand"


def explore(
    kind: type[Fault], settings: Settings, toolchain: Toolchain, project: Project, say: Callable[[str], None]
) -> None:
    """Open the app on a device, put a fault in force, and hold it there until SIGINT or SIGTERM comes.

    Without a device a handset is started for it, with the app freshly installed; on a device of the tester's, what they
    have stored in the app stays, apart from what the fault damages. The app is told to use a stub backend of its own,
    with one member; what they are to type is said in clear, since it was made up for this. Raises UsageError for a
    device that can't be had, or has another build than the one that was named; FaultNotProven, NotServed and what else
    faults raise; whatever was injected is restored.
    """
    profile = profile_of(settings, project, toolchain)
    demand_devices(settings, toolchain.leases, Use.FAULT)
    done = _told_to_stop()
    folder = lease(project.work / HOME)  # two testers have two handsets
    handset = HOME if folder.path.name == HOME else f"{HOME}-{folder.path.name}"
    vault = Vault()
    stack = Stack(settings, toolchain, project, folder.logs, handset, Use.FAULT, vault.mask)
    with ExitStack() as running:
        running.callback(stack.stop)
        stack.start_device()
        device = stack.ready_device()
        backend = running.enter_context(Backend(toolchain.authority))
        link = running.enter_context(Link())
        bench = _bench(profile, device, backend, link, vault)
        if settings.serials:
            _demand_build(bench.app, settings)
        else:
            device.restore_after_killed_run()
            bench.app.reset()
        bench.app.launch()
        say(f"{profile.app.name} is open on {device.serial}, with a backend of its own at {backend.address}.")
        _hold(kind, bench, device, done, say)


def _hold(
    kind: type[Fault], bench: Bench, device: AdbDevice, done: threading.Event, say: Callable[[str], None]
) -> None:
    board = FaultBoard(bench)
    try:
        board.inject(kind)
        bench.app.launch()
        say(f"In force: {kind.sentence}\nSeen by this: {board.proof}.")
        say(f"Log in as {NAME}: number {bench.entry.identifier.reveal()}, password {bench.entry.password.reveal()}")
        say(f"See the screen, from another terminal:\n  {_inspection_of(device)}")
        say(f"Tap and type there, with input tap X Y and input text WORDS:\n  {bench.device.command_line('shell')}")
        say("Ctrl-C restores everything.")
        done.wait()
    finally:
        board.restore_all()
    say("Restored.")


def _inspection_of(device: AdbDevice) -> str:
    """A command for a person to copy, with the adb server that has the device if it is not the usual one."""
    masuk = Path(sys.executable).with_name("masuk")
    command = shlex.join([str(masuk), "inspect", "--device", device.serial])
    return command if device.adb.port == DEFAULT_PORT else f"{PORT_VARIABLE}={device.adb.port} {command}"


def _demand_build(app: AppUnderTest, settings: Settings) -> None:
    """See that a build is installed, and that it is the one that was named, if one was. Raises UsageError."""
    if app.version_code() is None:
        app.install()
    elif settings.apk is not None and not app.is_current():
        raise UsageError(
            f"{app.device.serial} has another build of {app.package} than {settings.apk.name}, with what a tester has"
            f" stored in it. Leave out --apk to keep it, or: {app.device.command_line('uninstall', app.package)}"
        )


def _bench(profile: Profile, device: Device, backend: Backend, link: Link, vault: Vault) -> Bench:
    timeline, people, entry = Timeline(), People(vault, plain_password), Entry()
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
