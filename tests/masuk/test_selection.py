"""Scenarios by file and line."""

from pathlib import Path

import pytest

from masuk.errors import UsageError
from masuk.selection import Place, chosen


@pytest.fixture
def feature(tmp_path: Path) -> Path:
    path = tmp_path / "some.feature"
    path.write_text("Feature: x\n\n  Scenario: a\n    Given b\n\n  Scenario: c\n    Given d\n")
    return path.resolve()


def test_a_file_means_all_of_its_scenarios(feature: Path) -> None:
    assert chosen([Place.parse(str(feature))], {feature: [3, 6]}) == {(feature, 3), (feature, 6)}


@pytest.mark.parametrize(("line", "scenario"), [(3, 3), (4, 3), (5, 3), (6, 6), (7, 6)])
def test_a_line_means_the_scenario_that_it_is_in(feature: Path, line: int, scenario: int) -> None:
    assert chosen([Place.parse(f"{feature}:{line}")], {feature: [3, 6]}) == {(feature, scenario)}


@pytest.mark.parametrize(("suffix", "message"), [(":0", "no line '0'"), (":99", "no line '99'"), (":x", "no line 'x'")])
def test_a_line_that_is_none(feature: Path, suffix: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        Place.parse(f"{feature}{suffix}")


def test_a_line_above_every_scenario(feature: Path) -> None:
    with pytest.raises(UsageError, match="the first is at 3"):
        chosen([Place.parse(f"{feature}:1")], {feature: [3, 6]})


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(UsageError, match="no such feature file"):
        Place.parse("features/nowhere.feature")


def test_a_file_that_no_test_binds(feature: Path) -> None:
    with pytest.raises(UsageError, match="no test binds this feature file"):
        chosen([Place.parse(str(feature))], {})
