"""Scenarios by file, line and name."""

from pathlib import Path

import pytest

from masuk.base.errors import UsageError
from masuk.gherkin.selection import Place, chosen, expression_of, tags_of


@pytest.fixture
def feature(tmp_path: Path) -> Path:
    path = tmp_path / "some.feature"
    path.write_text(
        "Feature: x\n\n  Scenario: a\n    Given b\n\n  # why\n  @N1\n  @N2\n  Scenario: c\n    Given d\n",
        encoding="utf-8",
    )
    return path.resolve()


def test_a_file_means_all_of_its_scenarios(feature: Path) -> None:
    assert chosen([Place.parse(str(feature))], {feature: {"a", "c"}}) == {(feature, "a"), (feature, "c")}


def test_a_folder_means_all_of_its_files(feature: Path) -> None:
    deeper = feature.parent / "deeper" / "other.feature"
    deeper.parent.mkdir()
    deeper.write_text(feature.read_text())
    assert Place.all_of(str(feature.parent)) == [Place(deeper), Place(feature)]
    assert Place.all_of(f"{feature}:3") == [Place(feature, "a")]


def test_a_folder_without_any(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no feature file in this folder"):
        Place.all_of(str(tmp_path))


@pytest.mark.parametrize(
    ("line", "scenario"), [(3, "a"), (4, "a"), (5, "a"), (6, "c"), (7, "c"), (8, "c"), (9, "c"), (10, "c")]
)
def test_a_line_means_the_scenario_that_it_is_in_or_whose_tags_and_comments_it_has(
    feature: Path, line: int, scenario: str
) -> None:
    assert chosen([Place.parse(f"{feature}:{line}")], {feature: {"a", "c"}}) == {(feature, scenario)}


def test_a_place_is_found_again_when_its_line_has_moved(feature: Path) -> None:
    place = str(Place.parse(f"{feature}:9"))
    feature.write_text(feature.read_text().replace("Scenario: a", "Scenario: new\n    Given b\n\n  Scenario: a"))
    assert Place.parse(place) == Place(feature, "c")


def test_a_scenario_that_is_not_there_any_more(feature: Path) -> None:
    with pytest.raises(UsageError, match="no scenario 'c' any more"):
        chosen([Place(feature, "c")], {feature: {"a"}})


@pytest.mark.parametrize(
    ("keyword", "expression"),
    [
        ("relaunch", "relaunch"),
        ("relaunch and not network", "relaunch and not network"),
        ("WiFi that leads nowhere", "wifi_that_leads_nowhere"),
        ("Once the network is back, login works", "once_the_network_is_back_login_works"),
    ],
)
def test_a_name_as_the_report_has_it_is_found_too(keyword: str, expression: str) -> None:
    assert expression_of(keyword) == expression


def test_tags_may_be_written_as_in_features() -> None:
    assert tags_of("@N1 or (@P5 and not B2)") == "N1 or (P5 and not B2)"


@pytest.mark.parametrize(("suffix", "message"), [(":0", "no line '0'"), (":99", "no line '99'"), (":x", "no line 'x'")])
def test_a_line_that_is_none(feature: Path, suffix: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        Place.parse(f"{feature}{suffix}")


def test_a_line_above_every_scenario(feature: Path) -> None:
    with pytest.raises(UsageError, match="the first is at 3"):
        Place.parse(f"{feature}:1")


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(UsageError, match="no such feature file"):
        Place.parse("features/nowhere.feature")


def test_a_file_that_no_test_binds(feature: Path) -> None:
    with pytest.raises(UsageError, match="no test binds this feature file"):
        chosen([Place.parse(str(feature))], {})
