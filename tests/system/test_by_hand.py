"""`masuk faults NAME`: a fault in a tester's hands is there until they are done, and then it is not."""

import os
import re
import shlex
import signal
import subprocess
from pathlib import Path

import pytest

from masuk.device import Device
from tests.system.masuk_command import MasukCommand, said_until

END_SECONDS = 30


def hold(masuk: MasukCommand, name: str) -> subprocess.Popen[str]:
    return masuk.start_command("faults", name, "--device", masuk.device.serial)


def end_of(process: subprocess.Popen[str]) -> str:
    """What it says until it ends; one that goes on is ended and makes the test fail by its exit code."""
    try:
        return process.communicate(timeout=END_SECONDS)[0]
    except subprocess.TimeoutExpired:
        process.kill()
        return process.communicate()[0]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_is_in_force_until_the_tester_is_done(masuk: MasukCommand, device: Device, number: signal.Signals) -> None:
    with hold(masuk, "network-off") as process:
        said = said_until("Ctrl-C", process)
        assert "In force: Airplane mode" in said
        assert device.network.airplane_mode()
        process.send_signal(number)
        rest = end_of(process)
    assert (process.returncode, rest) == (0, "Restored.\n")
    assert not device.network.airplane_mode()
    assert device.network.has_default_network()


def test_what_can_not_be_put_in_force_says_why_and_leaves_nothing(masuk: MasukCommand, device: Device) -> None:
    device.apps.clear("id.masuk.anggota")
    with hold(masuk, "database-corrupt") as process:
        said = end_of(process)
    assert process.returncode == 3
    assert "Let the member log in first" in said
    assert "Traceback" not in said


def test_without_a_device_the_fault_is_on_a_handset_that_can_be_looked_at(masuk: MasukCommand, tmp_path: Path) -> None:
    """By the commands that it prints, in a terminal that knows nothing of its adb server."""
    with masuk.start_command("faults", "network-off") as process:
        said = said_until("Ctrl-C", process)
        (inspect, shell) = re.findall(r"^  (\S.*)$", said, re.MULTILINE)
        asking = [*shlex.split(shell), "settings get global airplane_mode_on"]
        asked = subprocess.run(asking, env={}, capture_output=True, check=False)
        page = tmp_path / "page.html"
        looking = ["sh", "-c", f"{inspect} --out {page}"]
        terminal = {
            "PATH": os.environ["PATH"],
            "MASUK_HOME": str(masuk.toolchain.root),
            "MASUK_RESULTS": str(masuk.toolchain.root),
        }
        looked = subprocess.run(looking, env=terminal, capture_output=True, text=True, check=False)
        process.send_signal(signal.SIGINT)
        rest = end_of(process)
    assert asked.stdout.strip() == b"1"
    assert looked.returncode == 0, looked.stderr
    assert looked.stdout.startswith("id.masuk.anggota on emulator-")
    assert masuk.device.serial not in looked.stdout
    assert (process.returncode, rest) == (0, "Restored.\n")


def test_another_build_than_the_one_that_was_named_is_not_taken_for_it(masuk: MasukCommand, device: Device) -> None:
    device.apps.uninstall("id.masuk.anggota")
    device.apps.install(masuk.toolchain.apps / "reference-1.0.0.apk")
    build = masuk.toolchain.apps / "reference-2.0.0.apk"
    process = masuk.start_command("faults", "network-off", "--device", device.serial, "--apk", str(build))
    said = end_of(process)
    device.apps.uninstall("id.masuk.anggota")
    assert process.returncode == 4
    assert "has another build of id.masuk.anggota than reference-2.0.0.apk" in said
    assert not device.network.airplane_mode()
