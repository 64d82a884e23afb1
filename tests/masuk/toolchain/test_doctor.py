"""What the doctor sees on machines that lack something."""

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from masuk.base.locations import Project
from masuk.device.adb import Adb, free_port
from masuk.device.device_listing import AttachedDevice, table
from masuk.toolchain import doctor
from masuk.toolchain.doctor import Finding, State
from masuk.toolchain.tools import Toolchain
from tests.checkout import CHECKOUT


@pytest.fixture
def nobody(tmp_path: Path) -> Adb:
    """An adb server that does not run."""
    return Adb(port=free_port())


def found(toolchain: Toolchain, adb: Adb) -> dict[str, Finding]:
    return {finding.name: finding for finding in doctor.examine(toolchain, Project(CHECKOUT, toolchain.root), adb)}


def test_a_machine_without_set_up_is_told_to_set_up(tmp_path: Path, nobody: Adb) -> None:
    seen = found(Toolchain(tmp_path / "absent"), nobody)
    for part in ("Appium", "UiAutomator2 driver", "Allure", "handset", "jars", "reference app", "authority"):
        assert (seen[part].state, seen[part].cure) == (State.BAD, "masuk setup")
    assert seen["Python"].state is State.GOOD


def test_this_machine_is_ready_and_has_no_adb_server_to_look_at(nobody: Adb) -> None:
    seen = found(Toolchain.default(), nobody)
    assert [finding for finding in seen.values() if finding.state is State.BAD] == []
    assert f"none at port {nobody.port}" in seen["adb server"].seen
    assert re.fullmatch(r"\d+\.\d+\.\d+", seen["UiAutomator2 driver"].seen)
    assert seen["Node"].seen.startswith("v")
    assert not nobody.answers(), "looking has started an adb server"


def test_a_proxy_is_named_without_its_value(tmp_path: Path, nobody: Adb, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as proxy:
        proxy.bind(("127.0.0.1", 0))
        port = proxy.getsockname()[1]
        monkeypatch.setenv("HTTPS_PROXY", f"http://user:secret@127.0.0.1:{port}")
        refusing = found(Toolchain(tmp_path), nobody)["proxies"]
        proxy.listen()
        listening = found(Toolchain(tmp_path), nobody)["proxies"]
    assert f"HTTPS_PROXY names 127.0.0.1:{port}, which can't be reached: Connection refused" in str(refusing)
    assert refusing.cure == "start it, or: unset HTTPS_PROXY"
    assert listening.seen == f"HTTPS_PROXY names 127.0.0.1:{port}"
    assert "secret" not in f"{refusing}{listening}"


def test_an_emulator_is_told_with_its_virtual_devices(
    tmp_path: Path, nobody: Adb, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANDROID_HOME", str(tmp_path))
    program = tmp_path / "emulator" / "emulator"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    none = found(Toolchain(tmp_path), nobody)["emulator"]
    assert (none.state, none.cure[:21]) == (State.NOTE, "avdmanager create avd")
    program.write_text("#!/bin/sh\necho Pixel_8\necho Tablet\n")
    assert found(Toolchain(tmp_path), nobody)["emulator"].seen == f"{program}, for --avd Pixel_8, Tablet"


@pytest.mark.parametrize(
    ("device", "state", "cure"),
    [
        (AttachedDevice("R58M", "unauthorized"), State.NOTE, "confirm the question on its screen"),
        (AttachedDevice("R58M", "device", trouble="airplane mode is on"), State.NOTE, "masuk doctor --clean"),
        (
            AttachedDevice("R58M", "device", trouble="airplane mode is on", is_in_use=True),
            State.NOTE,
            "wait for the run",
        ),
        (AttachedDevice("R58M", "device", model="Pixel 8", api_level="35", network="WIFI"), State.GOOD, ""),
    ],
)
def test_a_device_is_described(device: AttachedDevice, state: State, cure: str) -> None:
    finding = doctor._device(device)
    assert finding.state is state
    assert finding.cure.startswith(cure)


@pytest.fixture
def orphan(tmp_path: Path) -> Iterator[psutil.Process]:
    """A process that looks as an Appium of ours does, and whose parent has ended."""
    sleeper = "import time; time.sleep(60)"
    parent = (
        "import subprocess, sys; print(subprocess.Popen("
        f"[sys.executable, '-c', '{sleeper}', 'appium', {str(tmp_path)!r}], stdout=-3, stderr=-3).pid)"
    )
    said = subprocess.run([sys.executable, "-c", parent], capture_output=True, text=True, check=True).stdout
    process = psutil.Process(int(said))
    yield process
    if process.is_running():
        process.kill()


def test_what_a_killed_run_has_left_is_found_and_ended(orphan: psutil.Process, tmp_path: Path, nobody: Adb) -> None:
    if orphan.ppid() != 1:
        pytest.skip("orphans are adopted by another process than init here")
    toolchain = Toolchain(tmp_path)
    assert str(orphan.pid) in found(toolchain, nobody)["leftovers"].seen
    assert doctor.clean(toolchain, Project(CHECKOUT, toolchain.root), nobody) == [f"ended process {orphan.pid}"]
    assert not nobody.answers(), "cleaning has started an adb server"
    psutil.wait_procs([orphan], timeout=10)
    assert found(toolchain, nobody)["leftovers"].seen == "none"


def test_the_table_has_a_line_for_each_device() -> None:
    lines = table(
        [
            AttachedDevice("emulator-5554", "device", "Pixel 8", "35", "80 %", "WIFI", is_in_use=True),
            AttachedDevice("R5", "offline"),
        ]
    )
    assert lines.splitlines() == [
        "serial         state    model    API  battery  network  lease",
        "emulator-5554  device   Pixel 8  35   80 %     WIFI     in use",
        "R5             offline",
    ]
