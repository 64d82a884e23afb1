"""Two runs at once on one machine, with the same tools: each has devices, results and a report of its own."""

import json
from pathlib import Path

from masuk.results.verdict import Verdict, read
from tests.scenarios import LOGIN, PASSWORD_HIDDEN
from tests.system.homes import home_of_its_own
from tests.system.masuk_command import RUN_SECONDS, start

FEATURES = (LOGIN, PASSWORD_HIDDEN)


def test_two_runs_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    root = home_of_its_own(tmp_path).root
    runs = [start(["run", feature], root) for feature in FEATURES]
    outputs = [run.communicate(timeout=RUN_SECONDS)[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], outputs
    folders = [root, root / "runs" / "run-2"]
    found = [result for folder in folders for result in read(folder / "verdicts.json")]
    assert {result.scenario.partition(":")[0] for result in found} == {"Login", "Form"}
    assert [result.verdict for result in found] == [Verdict.PASSED, Verdict.PASSED]
    for folder in folders:
        assert any(f"report: {folder / 'report' / 'index.html'}" in output for output in outputs)
        (result,) = [json.loads(path.read_text()) for path in (folder / "results").glob("*-result.json")]
        assert result["status"] == "passed"
