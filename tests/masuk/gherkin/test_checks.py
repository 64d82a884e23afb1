"""What the docs say of each check is what the features do."""

import re
from pathlib import Path

import pytest

from apk_tools.defects import load_defects
from masuk.gherkin.checks import CHECKS

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs" / "checks.md"
ROW = re.compile(r"^\| ([A-Z]\d) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
TAG = re.compile(r"@(\w+)")


@pytest.fixture(scope="module")
def features() -> dict[str, list[str]]:
    """The features that each tag stands in."""
    found: dict[str, list[str]] = {}
    for feature in sorted((ROOT / "features").glob("*.feature")):
        for tag in sorted(set(TAG.findall(feature.read_text(encoding="utf-8")))):
            found.setdefault(tag, []).append(feature.stem)
    return found


def rows(part: int) -> dict[str, tuple[str, str]]:
    """The rows of a table of the page: id to sentence and last column."""
    page = DOCS.read_text(encoding="utf-8").split("## Not tested here")
    return {row[1]: (row[2], row[4]) for row in ROW.finditer(page[part])}


def test_every_check_is_in_the_docs_in_the_same_words() -> None:
    documented = {**rows(0), **rows(1)}
    assert {check: sentence for check, (sentence, _) in documented.items()} == CHECKS


def test_the_docs_name_the_features_of_each_check(features: dict[str, list[str]]) -> None:
    assert {check: where.split(", ") for check, (_, where) in rows(0).items()} == features


def test_what_is_not_tested_has_a_reason(features: dict[str, list[str]]) -> None:
    assert set(rows(1)) == set(CHECKS) - set(features)
    assert all(len(reason) > len("not yet") for _, reason in rows(1).values())


def test_every_defect_has_scenarios_that_can_notice_it(features: dict[str, list[str]]) -> None:
    checks = {defect.check for defect in load_defects(ROOT / "apps" / "reference" / "defects.toml")}
    assert checks <= set(features)
