"""Child processes of a run: started with a log, waited for, and ended with the run."""

import contextlib
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from host_platform import end_with_parent
from masuk.base.errors import InfrastructureError

GRACE_SECONDS = 10


class Child:
    """A program that runs beside the tests. Its output goes to a log file, and `wait_for_line` watches it."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        log: Path,
        *,
        spoken_to: bool = False,
        mask: Callable[[str], str] = str,
    ) -> None:
        """Start it. `mask` is applied to each line before it is kept anywhere."""
        self.name = name
        self.log = log
        log.parent.mkdir(parents=True, exist_ok=True)
        self._mask = mask
        self._lines: list[str] = []
        self._news = threading.Condition()
        self._process = subprocess.Popen(
            list(command),
            env=dict(environment),
            stdin=subprocess.PIPE if spoken_to else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=end_with_parent(signal.SIGTERM),  # noqa: PLW1509 - it is made for that
        )
        self._reader = threading.Thread(target=self._read, name=f"{name}-output", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def wait_for_line(self, wanted: Callable[[str], bool], timeout: float) -> str:
        """The first line of output that is wanted. Raises InfrastructureError when it ends or takes too long."""
        seen = 0
        with self._news:
            while True:
                while seen < len(self._lines):
                    seen += 1
                    if wanted(self._lines[seen - 1]):
                        return self._lines[seen - 1]
                if not self._reader.is_alive() and not self.alive:
                    raise InfrastructureError(f"{self.name} ended with code {self._process.returncode}:\n{self.tail()}")
                if not self._news.wait(timeout):
                    raise InfrastructureError(f"{self.name} was not ready within {timeout:g} s:\n{self.tail()}")

    def tell(self, line: str) -> None:
        """Write a line to one that is spoken to. Raises InfrastructureError when it has ended."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(f"{line}\n".encode())
            self._process.stdin.flush()
        except OSError as error:
            raise InfrastructureError(f"{self.name} has ended:\n{self.tail()}") from error

    def lines(self) -> list[str]:
        """Its output so far."""
        return self._lines[:]

    def tail(self, count: int = 15) -> str:
        """The last lines of its output."""
        return "\n".join(self._lines[-count:]) or "(no output)"

    def stop(self) -> None:
        """Ask it to end, and insist after a grace time."""
        if self.alive:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._reader.join(GRACE_SECONDS)
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self.log.open("wb") as file, self._process.stdout as output:
            for raw in output:
                line = self._mask(raw.decode(errors="replace"))
                file.write(line.encode())
                file.flush()
                with self._news:
                    self._lines.append(line.rstrip("\n"))
                    self._news.notify_all()
        self._process.wait()
        with self._news:
            self._news.notify_all()
