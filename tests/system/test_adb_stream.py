"""What adb's server tells us is what the adb program would have told."""

import pytest

from masuk.automation.run_processes import Stack

WORDS = "'für Fräulein Süß'"


@pytest.mark.parametrize(
    "command",
    ["true", "false", f"echo {WORDS}", "echo one; echo two; exit 7", "no-such-command", "cat", "getprop", ""],
)
def test_a_command_ends_as_it_does_with_the_program(command: str, stack: Stack) -> None:
    serial = stack.ready_device().serial
    told, program = stack.adb.shell(serial, command, 60), stack.adb.run("-s", serial, "shell", command)
    assert (told.returncode, told.stdout, told.stderr) == (program.returncode, program.stdout, program.stderr)


def test_output_is_what_the_program_writes(stack: Stack) -> None:
    serial, command = stack.ready_device().serial, f"echo {WORDS}; cat /proc/version; no-such-command"
    assert stack.adb.output(serial, command) == stack.adb.run("-s", serial, "exec-out", command).stdout != b""


def test_a_device_that_is_not_there_is_named_by_the_program(stack: Stack) -> None:
    result = stack.adb.shell("emulator-9999", "true", 60)
    assert result.returncode == 1
    assert b"device 'emulator-9999' not found" in result.stderr


def test_devices_are_those_of_the_program(stack: Stack) -> None:
    serial = stack.ready_device().serial
    listed = stack.adb.run("devices").stdout.decode().splitlines()[1:]
    assert stack.adb.devices() == dict(line.split() for line in listed if line)
    assert stack.adb.devices()[serial] == "device"
