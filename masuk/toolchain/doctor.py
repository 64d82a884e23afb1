"""Looks at what a run needs, one requirement after the other, and names the cure for what is missing."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TypeVar

import psutil

from host_platform import has_native_framework
from masuk.base.errors import MasukError, UsageError
from masuk.base.locations import Project
from masuk.device import AdbDevice, emulator
from masuk.device.adb import PORT_VARIABLE, USABLE, Adb
from masuk.device.device_listing import SKEW_SECONDS, AttachedDevice, attached_devices, skew
from masuk.toolchain import proxies
from masuk.toolchain.tools import Toolchain

T = TypeVar("T")
NEEDED_BYTES = 3 * 1024**3
"""A complete toolchain with its caches has 2.2 GB; a report and a device's files come on top."""
NEEDED_PYTHON = (3, 11)
VERSION_SECONDS = 20
KVM = Path("/dev/kvm")
KVM_GET_API_VERSION, KVM_API_VERSION = 0xAE00, 12
NPM_PACKAGES = {"Appium": "appium", "UiAutomator2 driver": "appium-uiautomator2-driver", "Allure": "allure"}
PROGRAMS = ("handset start", "appium", "server")


class State(Enum):
    """How a requirement is met."""

    GOOD = "ok"
    NOTE = "note"
    """Not needed, or only by some."""
    BAD = "MISSING"


@dataclass(frozen=True)
class Finding:
    """A requirement, its state, what was seen, and what to do if anything is to be done."""

    name: str
    state: State
    seen: str
    cure: str = ""

    def __str__(self) -> str:
        line = f"{self.state.value:<8} {self.name:<20} {self.seen}"
        return f"{line}\n{'':<29} → {self.cure}" if self.cure else line


def examine(toolchain: Toolchain, project: Project | None, adb: Adb) -> Iterator[Finding]:
    """Every requirement in the order in which a run needs it."""
    yield _python()
    yield _space(toolchain.root)
    yield from _parts(toolchain)
    yield from _versions(toolchain, adb)
    yield _proxies()
    yield _kvm()
    yield _emulator()
    yield _adb_port(adb)
    yield from _devices(toolchain, adb)
    yield _leftovers(toolchain, project)


def clean(toolchain: Toolchain, project: Project | None, adb: Adb) -> list[str]:
    """End what killed runs have left running and give devices their network back; what was done."""
    done = []
    for process in left_running(toolchain, project):
        process.terminate()
        done.append(f"ended process {process.pid}")
    attached = _safely(lambda: attached_devices(adb, toolchain.leases)) if adb.is_there() else None
    for found in attached or []:
        if found.state == USABLE and found.trouble and not found.is_in_use:
            device = AdbDevice(found.serial, adb)
            device.restore_after_killed_run()
            if abs(skew(device)) > SKEW_SECONDS:
                device.clock.set(None)
            done.append(f"freed {found.serial} of what was left on it")
    return done


def left_running(toolchain: Toolchain, project: Project | None) -> list[psutil.Process]:
    """Processes of a run whose harness is gone: started with these tools or for this project, and adopted by init."""
    found = []
    home = str(project.private_home) if project is not None else None
    for process in psutil.process_iter():
        try:
            words, environment = process.cmdline()[1:], process.environ()
            ours = str(toolchain.root) in words or (home is not None and environment.get("HOME") == home)
            if ours and process.ppid() == 1 and any(program in " ".join(words) for program in PROGRAMS):
                found.append(process)
        except psutil.Error:
            continue
    return found


def _python() -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info[:2] < NEEDED_PYTHON:
        return Finding("Python", State.BAD, version, "make PYTHON=python3.11 setup")
    return Finding("Python", State.GOOD, version)


def _space(root: Path) -> Finding:
    there = next(folder for folder in (root, *root.parents) if folder.exists())
    free = shutil.disk_usage(there).free
    seen = f"{free / 1024**3:.1f} GB free at {there}"
    if free < NEEDED_BYTES and not (root / "node").exists():
        return Finding("disk", State.BAD, seen, f"make room: {NEEDED_BYTES / 1024**3:.0f} GB are needed for set-up")
    if not os.access(there, os.W_OK):
        return Finding("disk", State.BAD, f"{there} can't be written to", f"chown -R $USER {there}")
    return Finding("disk", State.GOOD, seen)


def _parts(toolchain: Toolchain) -> Iterator[Finding]:
    for name, package in NPM_PACKAGES.items():
        version = _safely(partial(toolchain.node_version, package))
        if version:
            yield Finding(name, State.GOOD, version)
        else:
            yield Finding(name, State.BAD, f"{toolchain.node_modules / package} is missing", "masuk setup")
    root = toolchain.root
    parts = {
        "handset": root / "handset",
        "jars": root / "jars" / "runtime",
        "reference app": toolchain.apps,
        "authority": toolchain.authority,
    }
    if not has_native_framework():
        del parts["handset"]
        yield Finding("handset", State.NOTE, "Robolectric has no native code for this machine", "use --device SERIAL")
    for name, place in parts.items():
        if place.exists():
            yield Finding(name, State.GOOD, f"{place}")
        else:
            yield Finding(name, State.BAD, f"{place} is missing", "masuk setup")


def _versions(toolchain: Toolchain, adb: Adb) -> Iterator[Finding]:
    commands = {
        "Node": [str(toolchain.node), "--version"],
        "Java": [str(toolchain.java_home / "bin" / "java"), "--version"],
        "adb": [str(adb.binary), "version"],
    }
    for name, command in commands.items():
        seen = _safely(partial(_first_line, command))
        good = State.GOOD if seen else State.BAD
        yield Finding(name, good, seen or f"{command[0]} does not run", "" if seen else "make clean setup")


def _proxies() -> Finding:
    try:
        told = proxies.named()
    except UsageError as error:
        return Finding("proxies", State.BAD, str(error))
    if not told:
        return Finding("proxies", State.GOOD, "none")
    for proxy in told:
        if trouble := proxy.trouble():
            seen = f"{proxy.variable} names {proxy.host}:{proxy.port}, which can't be reached: {trouble}"
            return Finding("proxies", State.NOTE, seen, f"start it, or: unset {proxy.variable}")
    cure = "if set-up can't fetch anything, look whether the proxy lets the package registries through"
    seen = ", ".join(f"{proxy.variable} names {proxy.host}:{proxy.port}" for proxy in told)
    return Finding("proxies", State.NOTE, seen, cure)


def _kvm() -> Finding:
    if _kvm_works():
        return Finding("KVM", State.GOOD, "an emulator runs fast here")
    if KVM.exists() and not os.access(KVM, os.R_OK | os.W_OK):
        return Finding("KVM", State.NOTE, f"{KVM} is closed to you", "sudo usermod -aG kvm $USER")
    return Finding("KVM", State.NOTE, "not here: no emulator, but the handset needs none")


def _kvm_works() -> bool:
    """Whether the kernel answers; some containers have the device file and nothing behind it."""
    try:
        with KVM.open("rb", buffering=0) as kernel:
            return fcntl.ioctl(kernel, KVM_GET_API_VERSION) == KVM_API_VERSION
    except OSError:
        return False


def _emulator() -> Finding:
    found = emulator.binary()
    if found is None:
        seen = "not in ANDROID_HOME, ANDROID_SDK_ROOT or PATH: no --avd, but the handset needs none"
        return Finding("emulator", State.NOTE, seen)
    avds = _safely(partial(emulator.names, found))
    if not avds:
        seen = f"{found} has no virtual device" if avds is not None else f"{found} does not run"
        return Finding("emulator", State.NOTE, seen, "avdmanager create avd --name NAME --package SYSTEM_IMAGE")
    return Finding("emulator", State.GOOD, f"{found}, for --avd {', '.join(avds)}")


def _adb_port(adb: Adb) -> Finding:
    if adb.is_there():
        return Finding("adb server", State.GOOD, f"at port {adb.port}")
    if adb.answers():
        seen = f"port {adb.port} is taken by something that is no adb server"
        return Finding("adb server", State.NOTE, seen, f"end it, or choose another: export {PORT_VARIABLE}=5038")
    return Finding("adb server", State.NOTE, f"none at port {adb.port}; a handset brings its own")


def _devices(toolchain: Toolchain, adb: Adb) -> Iterator[Finding]:
    found = (_safely(lambda: attached_devices(adb, toolchain.leases)) or []) if adb.is_there() else []
    if not found:
        yield Finding("devices", State.NOTE, "none attached; `masuk run` starts a handset")
    for device in found:
        yield _device(device)


def _device(device: AttachedDevice) -> Finding:
    if device.state != USABLE:
        cure = "confirm the question on its screen" if device.state == "unauthorized" else "adb reconnect"
        return Finding(device.serial, State.NOTE, device.state, cure)
    if device.trouble:
        cure = "wait for the run that uses it" if device.is_in_use else "masuk doctor --clean"
        return Finding(device.serial, State.NOTE, device.trouble, cure)
    return Finding(device.serial, State.GOOD, f"{device.model}, API {device.api_level}, network {device.network}")


def _leftovers(toolchain: Toolchain, project: Project | None) -> Finding:
    found = left_running(toolchain, project)
    if not found:
        return Finding("leftovers", State.GOOD, "none")
    pids = ", ".join(str(process.pid) for process in found)
    return Finding("leftovers", State.NOTE, f"a killed run has left processes {pids}", "masuk doctor --clean")


def _first_line(command: list[str]) -> str:
    said = subprocess.run(command, capture_output=True, text=True, timeout=VERSION_SECONDS, check=True).stdout
    return said.splitlines()[0] if said else ""


def _safely(look: Callable[[], T]) -> T | None:
    """What can't be looked at is itself a finding, and never the end of the examination."""
    try:
        return look()
    except (MasukError, OSError, subprocess.SubprocessError):
        return None
