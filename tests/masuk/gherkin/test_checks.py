"""What the docs say of each check is what the features do."""

from pathlib import Path

from apk_tools.defects import load_defects
from ci.docs import CHECKS_PAGE, checks_page, features_of_checks
from masuk.gherkin.checks import CATALOGUE

ROOT = Path(__file__).parents[3]


def test_the_docs_are_made_of_the_checks_and_the_features() -> None:
    page = CHECKS_PAGE.read_text(encoding="utf-8")
    assert checks_page(page) == page, "Write it anew: python -m ci.docs"
    some = next(iter(CATALOGUE.values())).sentence
    assert checks_page(page.replace(some, "Something else.")) == page


def test_what_is_not_tested_has_a_reason() -> None:
    untested = {name: check.untested for name, check in CATALOGUE.items() if check.untested}
    assert set(untested) == set(CATALOGUE) - set(features_of_checks())
    assert all(len(reason) > len("not yet") for reason in untested.values())
    assert all(check.source for check in CATALOGUE.values())


def test_every_defect_has_scenarios_that_can_notice_it() -> None:
    checks = {defect.check for defect in load_defects(ROOT / "apps" / "reference" / "defects.toml")}
    assert checks <= set(features_of_checks())
