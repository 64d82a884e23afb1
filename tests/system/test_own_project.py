"""A project of its own, as somebody has it who has installed masuk: the wheel in a fresh environment, and a folder."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from masuk.results.verdict import Verdict, read
from masuk.toolchain.tools import Toolchain
from tests.checkout import CHECKOUT
from tests.system.homes import home_of_its_own

FAULT = '''
"""A fault of this project."""

from masuk.faults.server.answers import Answers


class Firewall(Answers):
    """A firewall in front of the service takes the app for an attack."""

    name = "firewall-403"
    sentence = "A firewall in front of the service answers 403 with a page of HTML."
    status = 403
    body = "<html><body><h1>Access denied</h1></body></html>"
    headers = {"Content-Type": "text/html"}
'''
FEATURE = """
Feature: Firewall
  @R1
  Scenario: A refusal that is not the service's is no block
    Given Rini is a member
    And the fault firewall-403 is in force
    When she logs in
    Then the app says that the service is in trouble
"""
PAGE = '''
"""Takes the place of the default suite's page."""

from pathlib import Path

from default_suite.pages.home import HomePage as DefaultPage


class HomePage(DefaultPage):
    """The member's card."""

    def member_name(self) -> str:
        """Whose card it is."""
        Path("own-page").touch()
        return super().member_name()
'''
STEP = '''
"""Takes the place of one step of the default suite."""

from pathlib import Path

from pytest_bdd import then

from pages.home import HomePage


@then("she sees her card")
def _sees(home_page: HomePage) -> None:
    Path("own-step").touch()
    assert home_page.member_name() == "Rini"
'''


class Installed:
    """A project, and the environment that masuk is installed in."""

    def __init__(self, environment: Path, project: Path, home: Toolchain) -> None:
        self.project = project
        self._programs = environment / "bin"
        self._variables = {name: value for name, value in os.environ.items() if not name.startswith("MASUK_")}
        self._variables |= {"MASUK_HOME": str(home.root), "PYTHONPATH": ""}

    def run(self, program: str, *words: str, code: int = 0) -> str:
        """What a program of the environment says, run in the project."""
        command = [str(self._programs / program), *words]
        ended = subprocess.run(
            command, cwd=self.project, env=self._variables, capture_output=True, text=True, check=False
        )
        said = ended.stdout + ended.stderr
        assert ended.returncode == code, said
        return said


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and what it says that it needs, in the versions that are locked."""
    folder = tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*build, "--wheel-dir", str(folder), str(CHECKOUT)], check=True)
    locked = re.findall(r"^[\w.\[\]-]+==\S+", (CHECKOUT / "requirements.txt").read_text(), re.MULTILINE)
    (folder / "constraints.txt").write_text("\n".join(re.sub(r"\[.*\]", "", line) for line in locked))
    subprocess.run([sys.executable, "-m", "venv", str(folder / "environment")], check=True)
    pip = [str(folder / "environment" / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install"]
    cache = ["--quiet", "--cache-dir", str(CHECKOUT / ".masuk" / "cache" / "pip")]
    [wheel] = folder.glob("*.whl")
    subprocess.run([*pip, *cache, "-c", str(folder / "constraints.txt"), str(wheel)], check=True)
    return folder / "environment"


@pytest.fixture
def installed(environment: Path, tmp_path: Path) -> Installed:
    """An empty folder in which `masuk init` was run."""
    tools = tmp_path / "tools"
    tools.mkdir()
    project = tmp_path / "project"
    project.mkdir()
    made = Installed(environment, project, home_of_its_own(tools))
    made.run("masuk", "init")
    return made


def test_a_project_adds_to_the_default_suite_and_replaces_parts_of_it(installed: Installed) -> None:
    for name, content in {
        "faults/firewall.py": FAULT,
        "features/firewall.feature": FEATURE,
        "pages/home.py": PAGE,
        "steps/card_seen.py": STEP,
    }.items():
        path = installed.project / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content.lstrip(), encoding="utf-8")
    features = [f"features/{name}.feature" for name in ("firewall", "login", "opening")]
    installed.run("masuk", "run", *features, "--verdicts", "verdicts.json")
    results = read(installed.project / "verdicts.json")
    assert {result.scenario: result.verdict for result in results} == {
        "Firewall: A refusal that is not the service's is no block": Verdict.PASSED,
        "Login: A member logs in and sees her card": Verdict.PASSED,
        "Login: A member who is logged in stays so": Verdict.PASSED,
        "Opening the app: Whoever opens the app is asked to log in": Verdict.PASSED,
    }
    assert (installed.project / "own-page").exists()
    assert (installed.project / "own-step").exists()
    assert (installed.project / ".masuk" / "report" / "index.html").exists()
    assert "firewall-403" in installed.run("masuk", "faults")
    assert "firewall-403" in installed.run("masuk", "completion", "bash")
    assert "steps/card_seen.py:" in installed.run("masuk", "steps", "sees her card")


def test_plain_pytest_runs_the_scenarios_of_a_project(installed: Installed) -> None:
    (installed.project / "test_other.py").write_text("def test_other():\n    assert True\n")
    others = [f"    parser.addoption('--{name}')\n" for name in ("device", "video", "screenshots", "report", "repeat")]
    (installed.project / "conftest.py").write_text(f"def pytest_addoption(parser):\n{''.join(others)}")
    assert "1 passed" in installed.run("pytest", "-q", "--masuk-wait", "20", "features/opening.feature")
    collected = installed.run("pytest", "-q", "--collect-only")
    assert "test_other.py::test_other" in collected
    assert "features/opening.feature::" in collected
    assert "features/login.feature::" in collected


def test_a_project_leaves_out_features_and_checks_of_the_default_suite(installed: Installed) -> None:
    everything = installed.run("pytest", "-q", "--collect-only").splitlines()
    (installed.project / "masuk.toml").write_text('leave_out = ["no_*", "login", "R1"]\n')
    rest = installed.run("pytest", "-q", "--collect-only").splitlines()
    assert any(line.startswith("features/login.feature::") for line in everything)
    assert not [line for line in rest if line.startswith(("features/login.feature::", "features/no_"))]
    assert not [line for line in rest if "a_server_in_trouble_is_named_as_the_cause" in line]
    assert any(line.startswith("features/opening.feature::") for line in rest)
    (installed.project / "masuk.toml").write_text('leave_out = ["logins"]\n')
    said = installed.run("pytest", "-q", "--collect-only", code=4)
    assert '"logins" is neither a feature of the default suite nor a check; did you mean login?' in said


def test_outside_of_a_project_there_is_what_needs_none(installed: Installed) -> None:
    (installed.project / "masuk.toml").unlink()
    assert "network-off" in installed.run("masuk", "faults")
    assert "network-off" in installed.run("masuk", "completion", "bash")
    assert "ready: masuk run" in installed.run("masuk", "doctor")
    assert "Make one with: masuk init" in installed.run("masuk", "run", code=4)


def test_elsewhere_pytest_does_not_notice_that_masuk_is_installed(installed: Installed, tmp_path: Path) -> None:
    (installed.project / "masuk.toml").unlink()
    (installed.project / "test_other.py").write_text("def test_other():\n    assert True\n")
    assert "1 passed" in installed.run("pytest", "-q")
    assert "login-failure scenarios" not in installed.run("pytest", "--help")
    assert "is in no project" in installed.run("masuk", "run", code=4)


def test_what_is_there_is_kept(environment: Path, tmp_path: Path) -> None:
    (tmp_path / "steps").mkdir()
    (tmp_path / "steps" / "opening.py").write_text("MINE = True\n")
    (tmp_path / ".gitignore").write_text("build")
    made = Installed(environment, tmp_path, Toolchain.default())
    assert f"kept   {tmp_path / 'steps' / 'opening.py'}" in made.run("masuk", "init", "--pipeline", "gitlab")
    assert (tmp_path / "steps" / "opening.py").read_text() == "MINE = True\n"
    assert (tmp_path / ".gitignore").read_text().splitlines() == [
        "build",
        "# What runs leave: results, reports, logs.",
        ".masuk/",
    ]
    assert "VERSION" not in (tmp_path / ".gitlab-ci.yml").read_text()
    assert "this folder is a project" in made.run("masuk", "init", code=4)
