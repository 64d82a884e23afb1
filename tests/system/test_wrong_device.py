"""A device that is not there is told before anything is started, and not waited for."""

import re

import pytest

from tests.scenarios import LOGIN
from tests.system.masuk_command import MasukCommand


@pytest.mark.parametrize("command", [("run", LOGIN), ("faults", "network-off"), ("inspect",)])
def test_an_absent_device_is_a_mistake_of_the_command(masuk: MasukCommand, command: tuple[str, ...]) -> None:
    finished = masuk.finish(masuk.start_command(*command, "--device", "emulator-9998"))
    assert finished.code == 4
    said = re.fullmatch(
        r"masuk: emulator-9998 is not usable through adb; attached: (.*)\. Try: masuk devices, or --device handset\n",
        finished.output,
    )
    assert said is not None, finished.output
    assert f"{masuk.device.serial} (device)" in said[1].split(", ")
