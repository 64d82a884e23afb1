"""Tools are compared in each round with what was measured beside them, and all go through the same scenario."""

import re
from itertools import dropwhile, takewhile

import pytest

from benchmarks.compare import tools
from benchmarks.compare.measuring import PAIRS, STEPS, Sample, of_tool, ratios
from benchmarks.series import Unit
from tests.checkout import CHECKOUT

MINE = [Sample(3.0, 2.0, 0.1, 30), Sample(6.0, 2.0, 0.2, 34)]
ITS = [Sample(2.0, 0.5, 0.2, 20), Sample(6.0, 0.5, 0.4, 20)]


def test_a_tool_has_a_row_for_each_thing_measured() -> None:
    rows = {series.name: series for series in of_tool("it", MINE)}
    assert rows["it: whole process"].samples == (3.0, 6.0)
    assert rows["it: processor time"].unit is Unit.CPU_SECONDS
    assert rows["it: a step"].samples == (100.0, 200.0)
    assert rows["it: commands in all steps"].median == 32


def test_ratios_are_of_the_same_round() -> None:
    rows = {series.name: series.samples for series in ratios({"one": MINE, "other": ITS}, "one", "other")}
    assert rows["one to other: whole process"] == (1.5, 1.0)
    assert rows["one to other: processor time"] == (4.0, 4.0)
    assert rows["one to other: a step"] == pytest.approx((0.5, 0.5))


def test_masuk_is_compared_with_every_other_tool() -> None:
    others = {tools.BARE, tools.BARE_QUICK, tools.ROBOT, tools.WEBDRIVERIO}
    assert {other for one, other in PAIRS if one == tools.MASUK} == others


def test_the_place_is_that_of_the_scenario_that_the_others_imitate() -> None:
    path, _, name = tools.PLACE.partition("::")
    lines = (line.strip() for line in (CHECKOUT / path).read_text(encoding="utf-8").splitlines())
    assert list(takewhile(bool, dropwhile(f"Scenario: {name}".__ne__, lines)))[1:-1] == [
        "When she enters a wrong password",
        "And she corrects her password",
        "Then she sees her card",
    ]


def test_the_bare_script_does_what_the_member_does() -> None:
    script = (tools.HERE / "bare.py").read_text(encoding="utf-8")
    assert len(re.findall(r"\.send_keys\(|\.click\(|\)\.text\b", script)) == STEPS
