"""What docs/outcomes.md promises that members are told is what the scenarios look for, fault by fault."""

import re
from pathlib import Path

import pytest

from ci.docs import faults_in, listed, outcomes_page, scenarios
from masuk.faults.catalogue import FAULTS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "outcomes.md").read_text(encoding="utf-8")
TABLE = PAGE.partition("|---|---|---|\n")[2]
ROW = re.compile(r"^\| ([a-z].*?) \| (.+?) \| ([a-z][\w, -]+) \|$", re.MULTILINE)
TOLD = re.compile(r"(?<!website )says that|learns that her|(?<!still )demands an update$")


@pytest.fixture(scope="module")
def promised() -> dict[str, set[str]]:
    """The table: what is told, and the faults after which it is."""
    return {told: set(faults.split(", ")) for told, _, faults in ROW.findall(TABLE)}


def test_the_page_is_made_of_the_features() -> None:
    assert outcomes_page(PAGE) == PAGE, "Write it anew: python -m ci.docs"
    assert outcomes_page(PAGE.replace("names-not-resolved, ", "")) == PAGE


def test_no_two_rows_have_the_same_words_or_the_same_remedy() -> None:
    rows = ROW.findall(TABLE)
    assert len({told for told, _, _ in rows}) == len({remedy for _, remedy, _ in rows}) == len(rows) > 1


def test_no_fault_is_told_in_two_ways(promised: dict[str, set[str]]) -> None:
    told = [fault for faults in promised.values() for fault in faults]
    twice = {fault for fault in told if told.count(fault) > 1}
    assert not twice


def test_the_scenarios_look_for_what_is_promised(promised: dict[str, set[str]]) -> None:
    circumstances = listed(PAGE, "These circumstances") | listed(PAGE, "After these")
    looked_for: dict[str, set[str]] = {}
    for steps in scenarios():
        for step in steps:
            if TOLD.search(step):
                looked_for.setdefault(step, set()).update(faults_in(steps) - circumstances)
    assert looked_for == promised


def test_every_fault_of_the_catalogue_has_its_place(promised: dict[str, set[str]]) -> None:
    told = {fault for faults in promised.values() for fault in faults}
    assert told | listed(PAGE, "These circumstances") | listed(PAGE, "After these") == set(FAULTS)


def test_every_fault_is_in_a_scenario() -> None:
    used = {fault for steps in scenarios() for fault in faults_in(steps)}
    steps_of_their_own = {"previous-version"}
    assert used | steps_of_their_own == set(FAULTS)
