"""The process that ends what a killed run would leave."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from masuk.base.polling import until
from masuk.device.adb import Adb
from masuk.device.adb_reaper import Reaper

pytestmark = pytest.mark.programs

END_SECONDS = 20


def serving(port: int) -> list[psutil.Process]:
    """The adb servers of a port."""
    found = []
    for process in psutil.process_iter():
        try:
            if f"tcp:{port}" in process.cmdline():
                found.append(process)
        except psutil.Error:
            continue
    return found


def test_a_server_that_nobody_owns_is_ended_once_all_is_over(tmp_path: Path) -> None:
    adb = Adb.private(tmp_path)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        reaper = Reaper(adb.port)
        reaper.follow(other.pid)
        adb.run("start-server")
        assert serving(adb.port)
        assert other.stdin is not None
        other.stdin.close()
        reaper.finish()
    assert not serving(adb.port)


def test_it_does_so_too_when_the_harness_is_killed(tmp_path: Path) -> None:
    adb = Adb.private(tmp_path)
    harness = subprocess.Popen(
        [sys.executable, "-c", f"from masuk.device.adb_reaper import Reaper; Reaper({adb.port}); input()"],
        stdin=subprocess.PIPE,
    )
    until(lambda: psutil.Process(harness.pid).children(), "the reaper to run", timeout=END_SECONDS)
    adb.run("start-server")
    assert serving(adb.port)
    os.kill(harness.pid, signal.SIGKILL)
    harness.communicate()
    until(lambda: not serving(adb.port), "the adb server to end", timeout=END_SECONDS)


def test_servers_of_other_ports_are_left_alone(tmp_path: Path) -> None:
    ours, users = Adb.private(tmp_path / "ours"), Adb.private(tmp_path / "users")
    reaper = Reaper(ours.port)
    users.run("start-server")
    reaper.finish()
    assert serving(users.port)
    users.run("kill-server")
