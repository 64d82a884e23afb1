"""A device is in one hand at a time, and who comes second is told whose."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from masuk.base.errors import DeviceError, UsageError
from masuk.config.capabilities import Offer
from masuk.device.leases import Use, demand_one, is_taken, take_one

PHONE = [Offer("R58M", {})]
HOLDER = """
import sys
from pathlib import Path
from masuk.config.capabilities import Offer
from masuk.device.leases import take_one
lease = take_one([Offer("R58M", {})], Path(sys.argv[1]))
print("taken", flush=True)
sys.stdin.read()
"""


@contextmanager
def held_by_somebody_else(program: list[str], folder: Path) -> Iterator[int]:
    """The phone, in the hands of another process; its id."""
    command = [sys.executable, *program, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "taken\n"
        yield process.pid
        process.kill()


def test_who_comes_second_is_told_by_whom_the_device_is_used(tmp_path: Path) -> None:
    program = tmp_path / "holder.py"
    program.write_text(HOLDER)
    with held_by_somebody_else([str(program)], tmp_path) as pid:
        said = rf"^R58M is in use by process {pid} \(holder\.py {re.escape(str(tmp_path))}\S*\)\. Wait for its end"
        with pytest.raises(UsageError, match=said):
            demand_one(PHONE, tmp_path, Use.RUN)
        assert is_taken("R58M", tmp_path)
    assert not is_taken("R58M", tmp_path)


def test_a_command_that_nobody_has_typed_is_not_shown(tmp_path: Path) -> None:
    with (
        held_by_somebody_else(["-c", HOLDER], tmp_path) as pid,
        pytest.raises(DeviceError, match=rf"^R58M is in use by process {pid}\. Wait"),
    ):
        take_one(PHONE, tmp_path)


@pytest.mark.parametrize("first", [Use.RUN, Use.FAULT, Use.LOOK])
@pytest.mark.parametrize("second", [Use.RUN, Use.FAULT, Use.LOOK])
def test_a_fault_can_be_looked_at_and_nothing_else_is_shared(first: Use, second: Use, tmp_path: Path) -> None:
    lease = take_one(PHONE, tmp_path, first)
    if {first, second} == {Use.FAULT, Use.LOOK}:
        demand_one(PHONE, tmp_path, second)
    else:
        with pytest.raises(UsageError, match=rf"^R58M is in use by process {os.getpid()}\b"):
            demand_one(PHONE, tmp_path, second)
    lease.release()
    demand_one(PHONE, tmp_path, second)


def test_one_that_is_half_taken_is_given_back(tmp_path: Path) -> None:
    looking = take_one(PHONE, tmp_path, Use.LOOK)
    with pytest.raises(DeviceError):
        take_one(PHONE, tmp_path, Use.RUN)
    take_one(PHONE, tmp_path, Use.FAULT).release()
    looking.release()


def test_the_usual_adb_server_is_the_same_by_its_port(tmp_path: Path) -> None:
    lease = take_one([Offer("R58M", {"appium:adbPort": 5037})], tmp_path)
    assert is_taken("R58M", tmp_path)
    lease.release()
