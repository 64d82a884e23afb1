"""What is wrong in a feature file, by the line where it is."""

from pathlib import Path

import pytest

from masuk.base.errors import UsageError
from masuk.gherkin.lint import Scenario, examine, scenarios_of
from tests.checkout import CHECKOUT

GOOD = """\
Feature: Some
  What it is about: one thing and another.

  Background:
    Given a

  # why
  @N1 @N2
  Scenario: first
    Given b

  Scenario Outline: second
    Given <c>

    Examples:
      | c |
      | d |
"""


@pytest.fixture
def feature(tmp_path: Path) -> Path:
    path = tmp_path / "some.feature"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_scenarios_begin_with_their_tags_and_the_comments_above(feature: Path) -> None:
    assert scenarios_of(feature) == [Scenario("first", 9, 7), Scenario("second", 12, 12)]


def test_the_features_of_the_project_are_in_order() -> None:
    features = sorted((CHECKOUT / "features").glob("*.feature"))
    assert features
    examine(features)


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("Scenario: first", "Scenaro: first", ":9: 'Scenaro: first' can't stand here; did you mean Scenario?"),
        ("  Background:", "  Scenaro:", ":4: 'Scenaro' is no keyword of Gherkin; did you mean Scenario?"),
        ("Given b", "Whn b", ":10: 'Whn' is no keyword of Gherkin; did you mean When?"),
        ("Given b", "b", ":9: the scenario has no steps, and would pass."),
        ("@N2", "@N22", ":8: @N22 is no check; did you mean @N2?"),
        ("@N2", "@slow", ":8: @slow is no check; docs/checks.md has them."),
        ("Given b", "And b", ":10: And has no step before it to go on from. Begin with Given, When or Then."),
        ("Given b", "Given b\n    Whn c", ":11: 'Whn c' can't stand here; did you mean When?"),
        ("Given b", "Given b\n    whatever", ":11: 'whatever' can't stand here; Write one of Feature, "),
        ("second", "first", ":12: the scenario of line 9 has the same name, 'first', and only one of them would run."),
        ("Feature: Some", "# Some", ":2: "),
        ("| d |", "| d |\n      | d |", ":18: the row of line 17 has the same values"),
        ("| d |", "| d |\n\n    Examples:\n      | c |\n      | d |", ":21: the row of line 17 has the same values"),
        (GOOD, "", ": there is no feature."),
        (GOOD, "Feature: Some\n", ": there is no scenario in it."),
    ],
)
def test_what_is_wrong_is_told_with_its_line(right: str, wrong: str, message: str, feature: Path) -> None:
    feature.write_text(GOOD.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        scenarios_of(feature)
    assert f"{feature}{message}" in str(refused.value)


def test_rows_that_differ_in_a_cell_or_a_column_are_two(feature: Path) -> None:
    examples = "| d |\n      | D |\n\n    Examples:\n      | e |\n      | d |"
    feature.write_text(GOOD.replace("| d |", examples), encoding="utf-8")
    assert len(scenarios_of(feature)) == 2


def test_a_file_that_is_no_text(feature: Path) -> None:
    feature.write_bytes(b"Feature: \xff")
    with pytest.raises(UsageError, match="is not UTF-8: invalid start byte at byte 9"):
        scenarios_of(feature)
