"""What a check promises is measured: each clause has its step, its number and a defect that breaks it."""

import re
from pathlib import Path

import pytest

from apk_tools.defects import load_defects
from masuk.gherkin import check_limits
from masuk.gherkin.checks import CHECKS

ROOT = Path(__file__).parents[3]
CODE = [
    line
    for folder in ("steps", "pages")
    for path in (ROOT / folder).glob("*.py")
    for line in path.read_text(encoding="utf-8").splitlines()
    if not line.startswith("from ")
]
NUMBER = re.compile(r"\d+(?:\.\d+)?")
CLAUSES = {
    "N4": {
        "A sign of work is shown within {SIGN_OF_WORK_SECONDS} s": {"no-sign-of-work", "sign-of-work-late"},
        "waiting can be given up within {WAY_OUT_SECONDS} s": {"no-way-to-give-up", "way-out-late"},
        "which ends it within {GIVEN_UP_SECONDS} s": {"cancel-without-effect"},
    },
    "N5": {
        "With a silent server waiting ends within {WAITING_ENDS_SECONDS} s": {"no-timeout", "drips-waited-for"},
        "trying again is possible": set(),
    },
    "P6": {
        "The password arrives exactly as typed: spaces": {"password-trimmed"},
        "case": {"password-lowered"},
        "{LONGEST_PASSWORD} characters": {"password-cut"},
    },
    "P7": {
        "The password is masked": {"password-shown"},
        "can be revealed": {"password-never-shown"},
        "accepts a paste": {"paste-refused"},
    },
    "P9": {
        "What can be touched is at least {SMALLEST_TARGET_DP} dp large": {"small-target"},
        "the error's contrast is at least {LOWEST_CONTRAST} to 1": {"error-pale"},
    },
    "X2": {
        "Loading that takes more than {LOADING_SECONDS} s is shown": {"sign-of-work-ends-early", "card-loads-unseen"},
        "the first screen comes within {FIRST_SCREEN_SECONDS} s": {"first-screen-waits"},
    },
    "K7": {
        "The card can be asked for anew: the answer is shown": {
            "card-refresh-dead",
            "card-answer-not-shown",
            "card-old-at-start",
        },
        "kept": {"refreshed-card-not-kept"},
        "a failure is told": {"card-trouble-untold", "card-trouble-stays"},
    },
}
"""By check: its clauses in order, with the defects that break just that one. "Trying again" ends scenarios of N5."""
SAID_BY_FEATURES = {
    "LOADING_SECONDS": r"for (\d+) seconds that",
    "LONGEST_PASSWORD": r"all (\d+) characters",
}
"""How features say a number themselves."""
NOT_OF_A_CLAUSE = {"timeout-as-wrong-data", "giving-up-as-failure"}
"""What belongs to a check by its context: the reason that is told is N5's as well, and what is told at last is N4's."""


@pytest.mark.parametrize("check", CLAUSES)
def test_the_clauses_are_the_whole_sentence(check: str) -> None:
    numbers = {name: value for name, value in vars(check_limits).items() if name.isupper()}
    clauses = [clause.format(**numbers) for clause in CLAUSES[check]]
    assert re.split(r", and |; |, | and ", CHECKS[check].removesuffix(".")) == clauses


@pytest.mark.parametrize("check", CLAUSES)
def test_each_clause_has_its_defect(check: str) -> None:
    known = {
        defect.name for defect in load_defects(ROOT / "apps" / "reference" / "defects.toml") if defect.check == check
    }
    assert set().union(*CLAUSES[check].values()) == known - NOT_OF_A_CLAUSE


def test_no_check_has_a_number_of_its_own() -> None:
    with_numbers = {check for check, sentence in CHECKS.items() if NUMBER.search(re.sub(r"\(403, 423\)", "", sentence))}
    assert with_numbers - {"B4"} == {check for check in CLAUSES if "{" in "".join(CLAUSES[check])}


@pytest.mark.parametrize(
    "name", sorted({name for name in vars(check_limits) if name.isupper()} - set(SAID_BY_FEATURES))
)
def test_each_number_is_used_by_a_step(name: str) -> None:
    assert [line for line in CODE if re.search(rf"\b{name}\b", line)]


@pytest.mark.parametrize("name", SAID_BY_FEATURES)
def test_numbers_in_the_words_of_features_are_those_of_the_checks(name: str) -> None:
    features = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "features").glob("*.feature"))
    assert set(re.findall(SAID_BY_FEATURES[name], features)) == {str(getattr(check_limits, name))}
