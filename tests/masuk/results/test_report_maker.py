"""The report: made by the real Allure, opens from disk, shows what matters."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from masuk.base.errors import InfrastructureError
from masuk.base.locations import Project
from masuk.base.polling import until
from masuk.config import profile as profiles
from masuk.config.settings import Settings
from masuk.results.allure_results import Environment, tidy
from masuk.results.report_maker import ReportMaker, generate, history_of
from masuk.toolchain.tools import Toolchain
from tests.checkout import CHECKOUT, PROJECT
from tests.masuk.scripted_device import ScriptedDevice
from tests.system.homes import home_of_its_own

RESULT = {
    "uuid": "11111111-1111-1111-1111-111111111111",
    "name": "A member logs in",
    "fullName": "features#login",
    "historyId": "login",
    "status": "passed",
    "start": 1,
    "stop": 2,
    "labels": [{"name": "parentSuite", "value": "Login"}],
}


@pytest.fixture
def results(tmp_path: Path) -> Path:
    folder = tmp_path / "results"
    folder.mkdir()
    (folder / f"{RESULT['uuid']}-result.json").write_text(json.dumps(RESULT))
    return folder


def test_the_page_is_one_file_that_names_no_outside_resource(results: Path, tmp_path: Path) -> None:
    page = generate(Toolchain.default(), Project(CHECKOUT, tmp_path), results, tmp_path / "report")
    html = page.read_text(encoding="utf-8")
    assert [path.name for path in page.parent.iterdir()] == ["index.html"]
    assert not re.findall(r"<[a-z]+[^>]*\s(?:src|href)=[\"']?https?://[^>]{0,80}", html)
    assert "googletagmanager" not in html


def test_a_maker_that_is_not_needed_leaves_neither_process_nor_files(tmp_path: Path) -> None:
    maker = ReportMaker(Toolchain.default(), Project(CHECKOUT, tmp_path))
    maker.stop()
    maker.stop()
    assert not psutil.pid_exists(maker.pid)
    assert list(tmp_path.iterdir()) == []


def test_the_process_ends_with_the_one_that_has_started_it(tmp_path: Path) -> None:
    starts = f"""
from pathlib import Path
from masuk.base.locations import Project
from masuk.base.polling import until
from masuk.results.report_maker import ReportMaker
from masuk.toolchain.tools import Toolchain
import os
maker = ReportMaker(Toolchain.default(), Project(Path({str(CHECKOUT)!r}), Path({str(tmp_path)!r})))
print(maker.pid, flush=True)
os._exit(9)
"""
    said = subprocess.run([sys.executable, "-c", starts], capture_output=True, text=True, check=False, cwd=CHECKOUT)
    until(lambda: not psutil.pid_exists(int(said.stdout)), "Allure's process to end", timeout=20)


def test_results_that_are_not_there_are_reported_in_allures_words(tmp_path: Path) -> None:
    with pytest.raises(InfrastructureError, match="Allure could not make the report of"):
        generate(Toolchain.default(), Project(CHECKOUT, tmp_path), tmp_path / "nowhere", tmp_path / "report")


def test_a_new_run_goes_into_the_history_and_a_report_made_again_does_not(results: Path, tmp_path: Path) -> None:
    toolchain, project = home_of_its_own(tmp_path), Project(CHECKOUT, tmp_path)
    generate(toolchain, project, results, tmp_path / "report", is_new=True)
    generate(toolchain, project, results, tmp_path / "report", is_new=True)
    page = generate(toolchain, project, results, tmp_path / "report")
    runs = [json.loads(line) for line in history_of(project).read_text(encoding="utf-8").splitlines()]
    assert len(runs) == 2
    assert [[found["status"] for found in run["testResults"].values()] for run in runs] == [["passed"], ["passed"]]
    assert [path.name for path in page.parent.iterdir()] == ["index.html"]


def test_quiet_fixtures_are_left_out_and_failed_ones_stay(results: Path) -> None:
    fixtures = [
        {"name": "settings", "status": "passed"},
        {"name": "settings::<lambda>"},
        {"name": "device", "status": "broken"},
        {"name": "noted", "status": "passed", "attachments": [{"name": "note"}]},
    ]
    container = results / "1-container.json"
    container.write_text(json.dumps({"uuid": "1", "befores": fixtures}))
    tidy(results)
    kept = json.loads(container.read_text())
    assert [fixture["name"] for fixture in kept["befores"]] == ["device", "noted"]


@pytest.mark.parametrize("path", [os.environ["PATH"], "/nowhere"])
def test_what_was_tested_is_told_with_and_without_git(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    profile = profiles.load(CHECKOUT / Settings().profile, CHECKOUT, Toolchain.default().apps)
    monkeypatch.setenv("PATH", path)
    told = {"product.model": "Pixel 8", "build.version.release": "15", "build.version.sdk": "35"}
    device = ScriptedDevice(answers={f"getprop ro.{name}": f"{value}\n" for name, value in told.items()})
    facts = Environment.of(device, profile, PROJECT).facts
    assert facts["api_level"] == "35"
    assert facts["scenarios"]
    assert ("without git" in facts["scenarios"]) == (path == "/nowhere")
