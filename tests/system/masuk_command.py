"""`masuk run` as its users start it: a process of its own, judged by its exit code and its words."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from masuk.device import AdbDevice
from masuk.toolchain.tools import Toolchain
from tests.checkout import CHECKOUT

RUN_SECONDS = 120


def start(
    words: Sequence[str],
    home: Path,
    checkout: Path = CHECKOUT,
    adb_port: int | None = None,
    extra: Mapping[str, str] | None = None,
    terminal: int | None = None,
) -> subprocess.Popen[str]:
    """Start `masuk` with these words, its tools in `home`; standard output and error come in one stream.

    `extra` is added to the environment. With a terminal (its file descriptor) they are that one's.
    """
    environment = {
        **os.environ,
        "PYTHONPATH": str(checkout),
        "MASUK_HOME": str(home),
        "MASUK_RESULTS": str(home),
        **(extra or {}),
    }
    if adb_port is not None:
        environment["ANDROID_ADB_SERVER_PORT"] = str(adb_port)
    return subprocess.Popen(
        [sys.executable, "-m", "masuk", *words],
        cwd=checkout,
        env=environment,
        stdin=subprocess.DEVNULL if terminal is None else terminal,
        stdout=subprocess.PIPE if terminal is None else terminal,
        stderr=subprocess.STDOUT,
        text=True,
    )


def places(home: Path) -> dict[str, str]:
    """The variables that keep the tools, and what a run leaves, in one folder."""
    return {"MASUK_HOME": str(home), "MASUK_RESULTS": str(home)}


def said_until(words: str, process: "subprocess.Popen[str]") -> str:
    """What a command says until it has said these words, in lines."""
    assert process.stdout is not None
    said = ""
    while words not in said:
        line = process.stdout.readline()
        assert line, f"it ended after saying {said!r}"
        said += line
    return said


@dataclass(frozen=True)
class Finished:
    """A run that has ended."""

    code: int
    output: str


@dataclass(frozen=True)
class MasukCommand:
    """Runs scenarios on a device that runs already, and keeps results and report in the toolchain's folder."""

    toolchain: Toolchain
    device: AdbDevice
    checkout: Path = CHECKOUT

    def of(self, checkout: Path) -> "MasukCommand":
        """The same command in another copy of the project."""
        return replace(self, checkout=checkout)

    def start(self, *arguments: str, terminal: int | None = None) -> subprocess.Popen[str]:
        """Start `masuk run` with these arguments."""
        return self.start_command("run", "--device", self.device.serial, *arguments, terminal=terminal)

    def start_command(self, *words: str, terminal: int | None = None) -> subprocess.Popen[str]:
        """Start any command of `masuk`, with the adb server of the device."""
        return start(words, self.toolchain.root, self.checkout, self.device.adb.port, terminal=terminal)

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
