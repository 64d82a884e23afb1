"""What docs/outcomes.md promises that members are told is what the scenarios look for, fault by fault."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler

from masuk.faults.catalogue import FAULTS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "outcomes.md").read_text(encoding="utf-8")
TABLE = PAGE.partition("|---|---|---|\n")[2]
ROW = re.compile(r"^\| ([a-z].*?) \| (.+?) \| ([a-z][\w, -]+) \|$", re.MULTILINE)
FAULT = re.compile(r"\bthe fault ([\w-]+)")
TOLD = re.compile(r"says that|learns that her|demands an update$")
OF_OTHER_STEPS = {"the server demands a newer version": "version-too-old", "the device has no network": "network-off"}


def scenarios() -> Iterator[list[str]]:
    """The steps of every scenario, rows of outlines filled in."""
    for feature in sorted((ROOT / "features").glob("*.feature")):
        document = Parser().parse(feature.read_text(encoding="utf-8"))
        for pickle in Compiler().compile({**document, "uri": feature.name}):
            yield [step["text"] for step in pickle["steps"]]


def faults_in(steps: list[str]) -> set[str]:
    """What goes wrong in a scenario."""
    return {name for step in steps for name in FAULT.findall(step)} | {
        fault for words, fault in OF_OTHER_STEPS.items() if words in steps
    }


def listed(introduction: str) -> set[str]:
    """The faults that a paragraph of the page lists after its introduction."""
    paragraph = PAGE[PAGE.index(introduction) :].partition("\n\n")[0]
    return set(re.findall(r"[\w-]+", paragraph.partition(":")[2]))


@pytest.fixture(scope="module")
def promised() -> dict[str, set[str]]:
    """The table: what is told, and the faults after which it is."""
    return {told: set(faults.split(", ")) for told, _, faults in ROW.findall(TABLE)}


def test_no_two_rows_have_the_same_words_or_the_same_remedy() -> None:
    rows = ROW.findall(TABLE)
    assert len({told for told, _, _ in rows}) == len({remedy for _, remedy, _ in rows}) == len(rows) > 1


def test_no_fault_is_told_in_two_ways(promised: dict[str, set[str]]) -> None:
    told = [fault for faults in promised.values() for fault in faults]
    twice = {fault for fault in told if told.count(fault) > 1}
    assert not twice


def test_the_scenarios_look_for_what_is_promised(promised: dict[str, set[str]]) -> None:
    circumstances = listed("These circumstances") | listed("After these")
    looked_for: dict[str, set[str]] = {}
    for steps in scenarios():
        for step in steps:
            if TOLD.search(step):
                looked_for.setdefault(step, set()).update(faults_in(steps) - circumstances)
    assert looked_for == promised


def test_every_fault_of_the_catalogue_has_its_place(promised: dict[str, set[str]]) -> None:
    told = {fault for faults in promised.values() for fault in faults}
    assert told | listed("These circumstances") | listed("After these") == set(FAULTS)


def test_every_fault_is_in_a_scenario() -> None:
    used = {fault for steps in scenarios() for fault in faults_in(steps)}
    steps_of_their_own = {"previous-version"}
    assert used | steps_of_their_own == set(FAULTS)
