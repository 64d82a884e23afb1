import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from masuk.base import run_folder
from masuk.base.errors import UsageError
from masuk.base.run_folder import latest, lease

HOLD = (
    "import sys; from pathlib import Path; from masuk.base.run_folder import lease;"
    "print(lease(Path(sys.argv[1])).path, flush=True); sys.stdin.read()"
)


def holder(root: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, str(root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def held_by(process: subprocess.Popen[str]) -> Path:
    assert process.stdout is not None
    return Path(process.stdout.readline().strip())


def test_a_run_has_its_folder_until_it_ends(tmp_path: Path) -> None:
    with holder(tmp_path) as first, holder(tmp_path) as second:
        taken = {held_by(first), held_by(second)}
        assert taken == {tmp_path, tmp_path / "runs" / "run-2"}
        first.communicate()
        second.communicate()
    with holder(tmp_path) as third:
        assert held_by(third) == tmp_path
        third.communicate()


def test_more_runs_than_a_machine_can_bear_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_folder, "MOST", 1)
    with holder(tmp_path) as running:
        assert held_by(running) == tmp_path
        with pytest.raises(UsageError, match="1 runs go on at once"):
            lease(tmp_path)
        running.communicate()


def test_the_latest_is_the_one_that_has_written_its_verdicts_last(tmp_path: Path) -> None:
    assert latest(tmp_path).path == tmp_path
    second = tmp_path / "runs" / "run-2"
    second.mkdir(parents=True)
    now = time.time()
    for folder, age in ((tmp_path, 60), (second, 30)):
        (folder / "verdicts.json").write_text("[]")
        os.utime(folder / "verdicts.json", (now - age, now - age))
    assert latest(tmp_path).path == second
