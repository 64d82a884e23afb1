"""`masuk faults NAME`: a fault in a tester's hands is there until they are done, and then it is not."""

import signal
import subprocess

import pytest

from masuk.device import Device
from tests.system.masuk_command import MasukCommand

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
        assert process.stdout is not None
        said = ""
        while "Ctrl-C" not in said:
            line = process.stdout.readline()
            assert line, f"it ended after saying {said!r}"
            said += line
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
