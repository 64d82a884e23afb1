"""What the doctor sees on machines that lack something."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from masuk import doctor
from masuk.adb import Adb, free_port
from masuk.doctor import Finding, State
from masuk.inventory import Attached, table
from masuk.toolchain import Toolchain


@pytest.fixture
def nobody(tmp_path: Path) -> Adb:
    """An adb server that does not run."""
    return Adb(port=free_port())


def found(toolchain: Toolchain, adb: Adb) -> dict[str, Finding]:
    return {finding.name: finding for finding in doctor.examine(toolchain, adb)}


def test_a_machine_without_set_up_is_told_to_set_up(tmp_path: Path, nobody: Adb) -> None:
    seen = found(Toolchain(tmp_path / "absent"), nobody)
    for part in ("Appium and Allure", "handset", "jars", "reference app", "authority"):
        assert (seen[part].state, seen[part].cure) == (State.BAD, "make setup")
    assert seen["Python"].state is State.GOOD


def test_this_machine_is_ready_and_has_no_adb_server_to_look_at(nobody: Adb) -> None:
    seen = found(Toolchain.default(), nobody)
    assert [finding for finding in seen.values() if finding.state is State.BAD] == []
    assert f"no adb server runs at port {nobody.port}" in seen["devices"].seen
    assert seen["Node"].seen.startswith("v")
    assert not nobody.answers(), "looking has started an adb server"


def test_a_proxy_is_named_without_its_value(tmp_path: Path, nobody: Adb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://user:secret@proxy:3128")
    proxies = found(Toolchain(tmp_path), nobody)["proxies"]
    assert proxies.state is State.NOTE
    assert "HTTPS_PROXY" in str(proxies)
    assert "secret" not in str(proxies)


@pytest.mark.parametrize(
    ("device", "state", "cure"),
    [
        (Attached("R58M", "unauthorized"), State.NOTE, "confirm the question on its screen"),
        (Attached("R58M", "device", trouble="airplane mode is on"), State.NOTE, "masuk doctor --clean"),
        (Attached("R58M", "device", model="Pixel 8", api_level="35", network="WIFI"), State.GOOD, ""),
    ],
)
def test_a_device_is_described(device: Attached, state: State, cure: str) -> None:
    finding = doctor._device(device)
    assert (finding.state, finding.cure) == (state, cure)


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
    assert doctor.clean(toolchain, nobody) == [f"ended process {orphan.pid}"]
    assert not nobody.answers(), "cleaning has started an adb server"
    psutil.wait_procs([orphan], timeout=10)
    assert found(toolchain, nobody)["leftovers"].seen == "none"


def test_the_table_has_a_line_for_each_device() -> None:
    lines = table([Attached("emulator-5554", "device", "Pixel 8", "35", "80 %", "WIFI"), Attached("R5", "offline")])
    assert lines.splitlines() == [
        "serial         state    model    API  battery  network",
        "emulator-5554  device   Pixel 8  35   80 %     WIFI",
        "R5             offline",
    ]
