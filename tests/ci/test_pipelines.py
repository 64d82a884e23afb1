"""The pipelines that users copy: of the shape that their services want, and with commands that masuk has."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from masuk.toolchain.tools import CACHEABLE

CI = Path(__file__).parents[2] / "ci"
SCHEMAS = {"github-actions.yml": "vendor.github-workflows", "gitlab-ci.yml": "vendor.gitlab-ci"}
PIPELINES = [*SCHEMAS, "Jenkinsfile"]
COMMAND = re.compile(r"\.masuk/venv/bin/masuk (\w+)([^\n;|']*)")


def complaints(schema: str, path: Path) -> str:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    return checked.stdout if checked.returncode else ""


@pytest.mark.parametrize(("name", "schema"), SCHEMAS.items())
def test_it_has_the_shape_that_its_service_wants(name: str, schema: str, tmp_path: Path) -> None:
    assert not complaints(schema, CI / name)
    wrong = tmp_path / name
    wrong.write_text((CI / name).read_text().replace("  timeout", "  timeuot"))
    assert complaints(schema, wrong), "the schema finds nothing wrong with what is wrong"


@pytest.mark.parametrize("name", PIPELINES)
def test_its_commands_are_those_of_masuk(name: str) -> None:
    found = COMMAND.findall((CI / name).read_text())
    assert {command for command, _ in found} == {"check", "run"}
    for command, arguments in found:
        helped = subprocess.run(
            [sys.executable, "-m", "masuk", command, "--help"], capture_output=True, text=True, check=True
        )
        for option in re.findall(
            r"--?[a-z]+(?:-[a-z]+)*\b", re.sub(r"\S*\.apk|\"[^\"]*\"|emulator-\d+", "", arguments)
        ):
            assert option in helped.stdout, f"{name}: masuk {command} has no {option}"


def cached(name: str) -> list[str]:
    """What a pipeline keeps for the next one."""
    content = YAML(typ="safe").load(CI / name)
    if name == "github-actions.yml":
        steps = [step for job in content["jobs"].values() for step in job["steps"]]
        return [path for step in steps if "cache" in step.get("uses", "") for path in step["with"]["path"].split()]
    return [path.rstrip("/") for job in content.values() if "cache" in job for path in job["cache"]["paths"]]


@pytest.mark.parametrize("name", SCHEMAS)
def test_it_caches_tools_and_nothing_of_a_run(name: str) -> None:
    assert sorted(cached(name)) == [f".masuk/{folder}" for folder in CACHEABLE]


def test_jenkins_braces_match() -> None:
    text = re.sub(r"//[^\n]*|'''.*?'''|'[^'\n]*'", "", (CI / "Jenkinsfile").read_text(), flags=re.DOTALL)
    depth = 0
    for character in text:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    assert {"pipeline", "agent", "stages", "post"} <= set(re.findall(r"^\s*(\w+) \{", text, re.MULTILINE))


def test_the_container_file_is_as_the_linter_wants_it(tmp_path: Path) -> None:
    def complaints_about(path: Path) -> str:
        linter = Path(sys.executable).with_name("hadolint")
        return subprocess.run([linter, str(path)], capture_output=True, text=True, check=False).stdout

    assert not complaints_about(CI / "Containerfile")
    wrong = tmp_path / "Containerfile"
    wrong.write_text((CI / "Containerfile").read_text().replace("make=4.3-4.1", "make"))
    assert "DL3008" in complaints_about(wrong)


def test_the_container_runs_a_command_that_masuk_has() -> None:
    words = re.findall(r"^CMD (\[.*\])$", (CI / "Containerfile").read_text(), re.MULTILINE)
    assert json.loads(words[0])[0] == "run"
