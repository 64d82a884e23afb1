"""`masuk run` as its users start it: a process of its own, judged by its exit code and its words."""

import os
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from masuk.device import Device
from masuk.toolchain import CHECKOUT, Toolchain

RUN_SECONDS = 120


@dataclass(frozen=True)
class Finished:
    """A run that has ended."""

    code: int
    output: str


@dataclass(frozen=True)
class MasukCommand:
    """Runs scenarios on a device that runs already, and keeps results and report in the toolchain's folder."""

    toolchain: Toolchain
    device: Device
    checkout: Path = CHECKOUT

    def of(self, checkout: Path) -> "MasukCommand":
        """The same command in another copy of the project."""
        return replace(self, checkout=checkout)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start `masuk run` with these arguments; standard output and error come in one stream."""
        return subprocess.Popen(
            [sys.executable, "-m", "masuk", "run", "--device", self.device.serial, *arguments],
            cwd=self.checkout,
            env={
                **os.environ,
                "PYTHONPATH": str(self.checkout),
                "MASUK_HOME": str(self.toolchain.root),
                "ANDROID_ADB_SERVER_PORT": str(self.device.adb.port),
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *arguments: str) -> Finished:
        """Run to the end."""
        return self.finish(self.start(*arguments))

    def finish(self, process: subprocess.Popen[str]) -> Finished:
        """Wait for the end of a run that was started; one that takes too long is ended."""
        try:
            output, _ = process.communicate(timeout=RUN_SECONDS)
        except subprocess.TimeoutExpired:
            process.terminate()
            output, _ = process.communicate()
        return Finished(process.returncode, output)
