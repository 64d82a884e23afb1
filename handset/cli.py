"""`handset start` runs a device in the foreground until SIGTERM or SIGINT; `handset bake` makes what apps run on."""

import argparse
import asyncio
import functools
import os
import shutil
import signal
import socket
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from handset.adb.daemon import PACKET_LIMIT, AdbDaemon
from handset.adb.server import announce
from handset.base.errors import HandsetError
from handset.base.home import Home
from handset.console import Console
from handset.device import TRACE, Device, DeviceLock, JavaCommand
from handset.packages.package_manager import Translate
from handset.runtime.build import build_runtime
from handset.runtime.launch import java_command, unbaked_command
from handset.state.files import DeviceFiles

DEFAULT_ADB_SERVER = 5037
CONSOLE_PORTS = range(5554, 5682, 2)
LOOPBACK = "127.0.0.1"


def main(
    arguments: list[str] | None = None, *, command: JavaCommand = java_command, translate: Translate | None = None
) -> int:
    """The command line; returns the exit code. `command` and `translate` stand in for the JVM in tests."""
    options = _parser().parse_args(arguments)
    try:
        if options.verb == "bake":
            build_runtime(_home(options), report=functools.partial(print, flush=True), thorough=True)
            return 0
        if options.unbaked:
            command = unbaked_command
        return asyncio.run(_run(options, command, translate))
    except HandsetError as error:
        print(f"handset: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="handset", description="An Android device without a virtual machine.")
    verbs = parser.add_subparsers(required=True, metavar="COMMAND", dest="verb")
    start = verbs.add_parser("start", help="run a device in the foreground; prints `ready SERIAL` when it is usable")
    start.add_argument("--name", default="handset", help="the device's name; its data are in DEVICES/NAME")
    start.add_argument("--devices", type=Path, help="the folder of devices; default: `devices` in the toolchain's")
    start.add_argument("--port", type=_port, help="the adb port; default: an emulator's port that is free")
    start.add_argument("--console", type=_port, help="the telnet console's port; default: one below the adb port")
    start.add_argument(
        "--adb-server", type=_port, help="an adb server to register at; default: $ANDROID_ADB_SERVER_PORT"
    )
    start.add_argument("--wipe", action="store_true", help="forget the device's data first")
    start.add_argument(
        "--forget", action="store_true", help="keep nothing that apps have stored; what is installed stays"
    )
    start.add_argument("--no-spare", action="store_true", help="keep no warm process in waiting")
    start.add_argument(
        "--unbaked",
        action="store_true",
        help="run apps on Robolectric as it is: four times slower, the reference",
    )
    bake = verbs.add_parser(
        "bake", help="compile and bake what app processes run, unless it is up to date and every byte of it is right"
    )
    for verb in (start, bake):
        verb.add_argument("--home", type=Path, help="the toolchain's folder; default: $HANDSET_HOME or ./.masuk")
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 1 << 16:
        raise argparse.ArgumentTypeError(f"{text} is no port; they go from 1 to 65535")
    return int(text)


def _home(options: argparse.Namespace) -> Home:
    home = Home(options.home.absolute()) if options.home else Home.default()
    devices: Path | None = getattr(options, "devices", None)
    return home if devices is None else replace(home, devices_root=devices.absolute())


async def _run(options: argparse.Namespace, command: JavaCommand, translate: Translate | None) -> int:
    home = _home(options)
    lock = DeviceLock(home.devices / options.name / "lock")
    lock.acquire()
    try:
        if options.wipe:
            _wipe(home.devices / options.name)
        if options.forget:  # a device that was killed could not
            _forget(home.devices / options.name)
            (home.devices / options.name / TRACE).unlink(missing_ok=True)
        await _serve(home, options, command, translate)
        if options.forget:
            _forget(home.devices / options.name)
    finally:
        lock.release()
    return 0


def _forget(folder: Path) -> None:
    DeviceFiles(folder / "root").forget()


def _wipe(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        elif entry.name != "lock":
            entry.unlink()


async def _serve(home: Home, options: argparse.Namespace, command: JavaCommand, translate: Translate | None) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    with ExitStack() as listening:
        adb_socket, console_socket = _listen(options)
        listening.callback(adb_socket.close)
        listening.callback(console_socket.close)
        port, console_port = adb_socket.getsockname()[1], console_socket.getsockname()[1]
        emulator = port == console_port + 1 and console_port in CONSOLE_PORTS
        serial = f"emulator-{console_port}" if emulator else f"{LOOPBACK}:{port}"
        device = Device(
            home, options.name, serial=serial, java_command=command, translate=translate, spare=not options.no_spare
        )
        adb = AdbDaemon(device)
        console = Console(device, stopped.set)
        try:
            await device.boot()
            # Until here whoever connects waits in the sockets' queues.
            listening.callback((await asyncio.start_server(adb.serve, sock=adb_socket, limit=PACKET_LIMIT)).close)
            listening.callback((await asyncio.start_server(console.serve, sock=console_socket)).close)
            if emulator:
                await announce(port, options.adb_server or _adb_server_port())
            print(f"ready {serial}", flush=True)
            await stopped.wait()
        finally:
            listening.close()
            await adb.close()
            await device.close()


def _adb_server_port() -> int:
    return int(os.environ.get("ANDROID_ADB_SERVER_PORT") or DEFAULT_ADB_SERVER)


def _listen(options: argparse.Namespace) -> tuple[socket.socket, socket.socket]:
    """Take the adb and the console port, as sockets that listen: to bind them is not enough to have them alone."""
    if options.port is not None:
        console_port = options.console if options.console is not None else options.port - 1
        candidates = [(options.port, console_port)]
    else:
        candidates = [(number + 1, number) for number in CONSOLE_PORTS]
    for port, console_port in candidates:
        try:
            adb_socket = socket.create_server((LOOPBACK, port))
        except OSError:
            continue
        try:
            return adb_socket, socket.create_server((LOOPBACK, console_port))
        except OSError:
            adb_socket.close()
    wanted = f"{candidates[0][1]} and {candidates[0][0]}" if options.port else "5554 to 5681"
    raise HandsetError(f"No free ports: {wanted} are taken. Stop another device or choose with --port and --console.")
