"""Running devices and the real adb, as the contract tests use them."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import adbutils
import pytest

from handset.base.home import ENVIRONMENT_VARIABLE, Home
from masuk.device.adb import free_port

TOOLCHAIN = Path(os.environ.get(ENVIRONMENT_VARIABLE) or Path(__file__).parents[2] / ".masuk")
DAEMON = Path(__file__).with_name("fake_daemon.py")
REAL = ("-m", "handset")
READY_TIMEOUT = 30


def prepare_home(root: Path) -> Home:
    if not (TOOLCHAIN / "jars").exists():
        pytest.fail(f"The toolchain is not in {TOOLCHAIN}. Run: make setup")
    root.mkdir(exist_ok=True)
    (root / "jars").symlink_to((TOOLCHAIN / "jars").absolute())
    (root / "node").symlink_to((TOOLCHAIN / "node").absolute())
    return Home(root)


@dataclass
class Adb:
    """The real adb against a private server."""

    port: int
    environment: dict[str, str]
    serial: str = ""

    def __call__(self, *arguments: str, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
        chosen = ["-s", self.serial] if self.serial else []
        return subprocess.run(
            [adbutils.adb_path(), "-P", str(self.port), *chosen, *arguments],
            input=stdin,
            capture_output=True,
            timeout=60,
            check=False,
            env=self.environment,
        )

    def shell(self, line: str) -> str:
        return self("shell", line).stdout.decode()

    def code(self, line: str) -> int:
        return self("shell", line).returncode


@dataclass
class RunningDevice:
    """A daemon in a process of its own."""

    process: subprocess.Popen[str]
    home: Home
    adb: Adb
    port: int
    name: str

    @property
    def folder(self) -> Path:
        return self.home.devices / self.name

    def stop(self) -> int:
        self.process.terminate()
        code = self.process.wait(10)
        if self.process.stdout:
            self.process.stdout.close()
        return code


def start_device(
    home: Home,
    server: Adb,
    *extra: str,
    name: str = "test",
    port: int | None = None,
    program: tuple[str, ...] = (str(DAEMON),),
) -> RunningDevice:
    """Start a daemon, with fake app processes unless `program` is the real one, and connect adb to it."""
    port = port or free_port()
    arguments = ["start", "--name", name, "--home", str(home.root), "--port", str(port), "--console", str(free_port())]
    process = subprocess.Popen(
        [sys.executable, *program, *arguments, *extra],
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        env={**server.environment, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert process.stdout is not None
    ready = process.stdout.readline().split()
    assert ready[:1] == ["ready"], f"the daemon said {ready} and ended with {process.poll()}"
    adb = Adb(server.port, server.environment, f"127.0.0.1:{port}")
    server("disconnect", adb.serial)
    server("connect", adb.serial)
    return RunningDevice(process, home, adb, port, name)
