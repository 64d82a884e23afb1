"""A device that is named is in one hand: a second command is told whose, and does nothing to the device."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from masuk.automation.run_processes import Stack
from masuk.device import Device
from tests.scenarios import LOGIN
from tests.system.masuk_command import MasukCommand, said_until

FAULT = "network-off"


@pytest.fixture
def user(masuk: MasukCommand, device: Device) -> Iterator[str]:
    """A tester holds a fault in force; how others are told of that."""
    with masuk.start_command("faults", FAULT, "--device", device.serial) as process:
        said_until("Ctrl-C", process)
        yield f"{device.serial} is in use by process {process.pid} (masuk faults {FAULT} --device {device.serial})."
        process.terminate()
        assert process.wait() == 0


@pytest.mark.parametrize("command", [("run", LOGIN, "--no-report"), ("faults", "font-large")])
def test_who_comes_second_is_told_who_has_it(
    masuk: MasukCommand, device: Device, user: str, command: tuple[str, ...]
) -> None:
    second = masuk.finish(masuk.start_command(*command, "--device", device.serial))
    assert (second.code, second.output) == (4, f"masuk: {user} Wait for its end, or name another device.\n")
    assert device.network.airplane_mode()
    assert device.display.font_scale() == 1


def test_the_list_of_devices_says_so(masuk: MasukCommand, device: Device, user: str) -> None:
    listed = masuk.finish(masuk.start_command("devices"))
    assert f"{device.serial}  device" in listed.output
    assert "in use" in listed.output


def test_a_fault_in_force_can_be_looked_at(
    masuk: MasukCommand, device: Device, stack: Stack, user: str, tmp_path: Path
) -> None:
    words = ("--device", device.serial, "--appium-url", stack.ready_appium(), "--out", str(tmp_path / "page.html"))
    looked = masuk.finish(masuk.start_command("inspect", *words))
    assert looked.code == 0, looked.output
    assert "id.masuk.anggota" in looked.output
    assert device.network.airplane_mode()
