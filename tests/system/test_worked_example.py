"""The failure mode that the docs add as an example is one, with nothing but what stands on their page."""

import re
from pathlib import Path

import pytest

from masuk.automation.run_processes import Stack
from tests.checkout import CHECKOUT
from tests.system.homes import copy_of_project
from tests.system.masuk_command import MasukCommand

PAGE = CHECKOUT / "docs" / "write-a-scenario.md"
PARTS = ("apps", "features", "masuk", "pages", "steps", "tests", "conftest.py", "masuk.toml", "pyproject.toml")


def block(language: str) -> str:
    """The page's only block of code in a language."""
    blocks: list[str] = re.findall(
        rf"^```{language}\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    assert len(blocks) == 1, f"{PAGE.name} has {len(blocks)} blocks of {language}"
    return blocks[0]


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project to which the example was added: one feature file and one fault."""
    copy = copy_of_project(tmp_path_factory.mktemp("project"), PARTS)
    (copy / "features" / "firewall.feature").write_text(block("gherkin"), encoding="utf-8")
    with (copy / "masuk" / "faults" / "server" / "answers.py").open("a", encoding="utf-8") as module:
        module.write(f"\n\n{block('python')}")
    return copy


def test_it_passes_and_is_not_worthless(extended: Path, masuk: MasukCommand, stack: Stack) -> None:
    command = masuk.of(extended)
    arguments = ("features/firewall.feature", "--no-report", "--appium-url", stack.ready_appium())
    passed = command.run(*arguments)
    assert passed.code == 0, passed.output
    assert "A refusal that is not the service's is no block" in passed.output
    withheld = command.run(*arguments, "--without-faults")
    assert withheld.code == 0, withheld.output
    assert "1 noticed, 0 WORTHLESS" in withheld.output
