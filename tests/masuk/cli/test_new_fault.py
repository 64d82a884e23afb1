"""`masuk new fault`: files that a project takes as they are, and that prove nothing yet."""

import subprocess
import sys
from pathlib import Path

import pytest

from masuk.base.errors import UsageError
from masuk.base.locations import Project
from masuk.cli.new_fault.command import new_fault
from masuk.gherkin.lint import scenarios_of


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "masuk.toml").touch()
    return Project.at(tmp_path)


def said(name: str, project: Project) -> str:
    lines: list[str] = []
    new_fault(name, project, lines.append)
    return "\n".join(lines)


def test_the_fault_is_found_and_its_feature_is_good(project: Project) -> None:
    assert "masuk run" in said("letter-lost", project)
    assert len(scenarios_of(project.features / "letter_lost.feature")) == 1
    command = [sys.executable, "-m", "masuk", "faults"]
    listed = subprocess.run(command, cwd=project.root, capture_output=True, text=True, check=True).stdout
    assert "letter_lost:\n  letter-lost" in listed


@pytest.mark.parametrize("command", [["-m", "masuk", "faults"], ["-m", "pytest", "--collect-only"]])
@pytest.mark.parametrize("content", ["import nowhere_at_all", "class"])
def test_a_fault_that_is_no_python_is_named(project: Project, command: list[str], content: str) -> None:
    (project.root / "faults").mkdir()
    (project.root / "faults" / "broken.py").write_text(content)
    ended = subprocess.run([sys.executable, *command], cwd=project.root, capture_output=True, text=True, check=False)
    assert ended.returncode == 4, ended.stderr
    assert "faults.broken can't be imported: " in ended.stderr
    assert "Correct the module, or remove it." in ended.stderr
    assert "Traceback" not in ended.stderr


def test_nothing_is_left_of_the_template(project: Project) -> None:
    said("letter-lost", project)
    for path in (project.root / "faults" / "letter_lost.py", project.features / "letter_lost.feature"):
        assert not {"SENTENCE", "CLASS", "TITLE", "NAME", "PATH"} & set(path.read_text(encoding="utf-8").split())
    compile((project.root / "faults" / "letter_lost.py").read_text(encoding="utf-8"), "letter_lost.py", "exec")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Letter Lost", "is no name of a fault"),
        ("../x", "is no name of a fault"),
        ("network-off", "There is a fault network-off already"),
        ("there-already", "is there already"),
    ],
)
def test_what_can_not_be_written_is_refused_with_nothing_written(project: Project, name: str, message: str) -> None:
    project.features.mkdir()
    (project.features / "there_already.feature").write_text("mine")
    with pytest.raises(UsageError, match=message):
        new_fault(name, project, print)
    assert [path.name for path in project.root.rglob("*.*")] == ["masuk.toml", "there_already.feature"]
    assert (project.features / "there_already.feature").read_text() == "mine"
