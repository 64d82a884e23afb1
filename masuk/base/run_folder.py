"""Where a run keeps what it makes, so that runs at the same time don't disturb each other.

The first has the toolchain's folder itself, each further one a folder below it. The kernel frees it with the process.
"""

from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

from masuk.base.errors import UsageError
from masuk.base.locks import try_lock

LOCK = "run.lock"
VERDICTS = "verdicts.json"
MOST = 32
_HELD: list[TextIOWrapper] = []
"""Kept open: a file that is forgotten is closed, and gives its lock away."""


@dataclass(frozen=True)
class RunFolder:
    """Results, report, logs and verdicts of a run. Make one with `lease`, or `latest` to read."""

    path: Path

    @property
    def logs(self) -> Path:
        """What its processes write."""
        return self.path / "logs"

    @property
    def results(self) -> Path:
        """What Allure reads."""
        return self.path / "results"

    @property
    def report(self) -> Path:
        """The folder of the report."""
        return self.path / "report"

    @property
    def verdicts(self) -> Path:
        """The verdicts of the last run, for `--failed`."""
        return self.path / VERDICTS


def lease(root: Path) -> RunFolder:
    """The first folder that no other run has, held until this process ends.

    Raises UsageError when there are more runs than a machine can bear.
    """
    for folder in _folders(root):
        folder.path.mkdir(parents=True, exist_ok=True)
        file = try_lock(folder.path / LOCK)
        if file is not None:
            _HELD.append(file)
            return folder
    raise UsageError(
        f"{MOST} runs go on at once in {root}. Wait for one of them, or set MASUK_RESULTS to another folder."
    )


def latest(root: Path) -> RunFolder:
    """That of the run which has written its verdicts last; the first one when there was none."""
    return max(_folders(root), key=lambda folder: _written(folder.verdicts))


def _folders(root: Path) -> list[RunFolder]:
    return [RunFolder(root), *(RunFolder(root / "runs" / f"run-{number}") for number in range(2, MOST + 1))]


def _written(path: Path) -> float:
    return path.stat().st_mtime if path.exists() else 0.0
