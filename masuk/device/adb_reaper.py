"""Ends the adb server that a killed run would leave. The run starts it: `python -m masuk.device.adb_reaper PORT`.

A run's adb server ends with it. But the adb clients of an Appium that is just ending start another one, which nobody
owns. So this process waits at the other end of a pipe for the end of the harness, however that comes, then for the
processes whose ids it was told, and then ends what still serves adb on the run's private port.
"""

import contextlib
import subprocess
import sys
from pathlib import Path
from typing import TextIO

from masuk.base.errors import NotReached
from masuk.base.polling import until

GRACE_SECONDS = 10


class Reaper:
    """The process, as the run holds it."""

    def __init__(self, port: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "masuk.device.adb_reaper", str(port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            text=True,
        )

    def follow(self, pid: int) -> None:
        """Wait for the end of this process too before the adb server is ended."""
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # killed by somebody: then nothing is reaped
            self._process.stdin.write(f"{pid}\n")
            self._process.stdin.flush()

    def finish(self) -> None:
        """Let it do its work now, and wait for it."""
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait()


def reap(told: TextIO, port: int) -> None:
    """Follow processes by the ids that are told until the harness ends, then end every adb server of `port`."""
    import psutil  # here, since the run itself does not need it

    followed = []
    for line in told:
        with contextlib.suppress(psutil.NoSuchProcess):
            followed.append(psutil.Process(int(line)))
    psutil.wait_procs(followed, timeout=GRACE_SECONDS)
    with contextlib.suppress(NotReached):
        until(lambda: _none_left(port), "adb to end", timeout=GRACE_SECONDS, interval=0.1)


def _none_left(port: int) -> bool:
    """Ask servers to end. Clients end by themselves, and may start another server before."""
    import psutil

    left = False
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            words = process.cmdline()
            if not words or not Path(words[0]).name.startswith("adb"):
                continue
            serves = f"tcp:{port}" in words
            left |= serves or str(port) in words
            if serves:
                process.terminate()
    return not left


if __name__ == "__main__":
    reap(sys.stdin, int(sys.argv[1]))
