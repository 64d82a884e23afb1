"""Writes the tables of docs and features that follow from the code: `python -m ci.docs`.

What stands around the tables, and what helps in that of the outcomes, is written by hand and stays as it is.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler

from masuk.base.locations import SUITE
from masuk.config.profile import Messages, Texts, sayings
from masuk.config.run_options import RUN_OPTIONS, RunOption
from masuk.config.settings import Settings, variable_of
from masuk.faults.catalogue import FAULTS
from masuk.gherkin.checks import CATALOGUE
from masuk.gherkin.outline_rows import EXPLANATION

CHECKS_PAGE = SUITE / "docs" / "checks.md"
OUTCOMES_PAGE = SUITE / "docs" / "outcomes.md"
APP_PAGE = SUITE / "docs" / "your-own-app.md"
TAG = re.compile(r"@(\w+)")
FAULT = re.compile(r"\bthe fault ([\w-]+)")
OUTCOME_ROW = re.compile(r"^\| ([a-z].*?) \| (.+?) \| ([a-z][\w, -]*) \|$", re.MULTILINE)
TABLE = re.compile(r"(?:^ {6}\|.*\n)+", re.MULTILINE)
OF_OTHER_STEPS = {
    "she types her card number": "card-number",
    "her password is long and has spaces": "long-password",
    "she types spaces around her number": "identifier-spaces",
}
"""Steps that inject what the catalogue calls a fault, though the login has to work."""


def features_of_checks() -> dict[str, list[str]]:
    """The features in which each check is a tag."""
    found: dict[str, list[str]] = {}
    for feature in _features():
        for tag in sorted(set(TAG.findall(feature.read_text(encoding="utf-8")))):
            found.setdefault(tag, []).append(feature.stem)
    return found


def scenarios() -> Iterator[list[str]]:
    """The steps of every scenario, rows of outlines filled in."""
    for feature in _features():
        document = Parser().parse(feature.read_text(encoding="utf-8"))
        for pickle in Compiler().compile({**document, "uri": feature.name}):
            yield [step["text"] for step in pickle["steps"]]


def faults_in(steps: list[str]) -> set[str]:
    """What goes wrong in a scenario."""
    return {name for step in steps for name in FAULT.findall(step)} | {
        fault for words, fault in OF_OTHER_STEPS.items() if words in steps
    }


def checks_page(page: str) -> str:
    """The page of the checks with tables that are up to date."""
    features = features_of_checks()
    tested: list[str] = []
    untested: list[str] = []
    for name, check in CATALOGUE.items():
        last = check.untested or ", ".join(features.get(name, []))
        rows = untested if check.untested else tested
        rows.append(f"| {name} | {check.sentence} | {check.source} | {last} |")
    page = _with_rows(page, "| id | check | source | features |", tested)
    return _with_rows(page, "| id | check | source | why |", untested)


def outcomes_page(page: str) -> str:
    """The page of the outcomes with the faults of the features, apart from circumstances that change nothing."""
    circumstances = listed(page, "These circumstances") | listed(page, "After these")
    faults: dict[str, set[str]] = {}
    for steps in scenarios():
        for step in steps:
            faults.setdefault(step, set()).update(faults_in(steps) - circumstances)

    def row(found: re.Match[str]) -> str:
        return f"| {found[1]} | {found[2]} | {', '.join(sorted(faults.get(found[1], [])))} |"

    head, ruler, rows = page.partition("|---|---|---|\n")
    return head + ruler + OUTCOME_ROW.sub(row, rows)


def app_page(page: str) -> str:
    """The page about an app with all messages of a profile, and all options of a run."""
    meanings = [f"| `[messages]` | `{key}` | {words} |" for words, key in sayings(Messages).items()]
    meanings += [f"| `[texts]` | `{key}` | {words} |" for words, key in sayings(Texts).items()]
    page = _with_rows(page, "| part | key | what scenarios call it |", meanings)
    return _with_rows(page, "| option | key | variable | what it says |", list(map(_row_of, RUN_OPTIONS)))


def _row_of(option: RunOption) -> str:
    is_setting = option.name in Settings.model_fields
    stays = (f"`{option.name}`", f"`{variable_of(option.name)}`") if is_setting else ("", "")
    return f"| `{option.flag}` | {' | '.join(stays)} | {option.help} |"


def feature_page(text: str) -> str:
    """A feature whose tables of faults say beside each what goes wrong."""
    return TABLE.sub(_explained, text)


def _explained(found: re.Match[str]) -> str:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in found[0].splitlines()]
    columns, *cells = rows
    if "fault" not in columns:
        return found[0]
    place = columns.index("fault")
    kept = [index for index, column in enumerate(columns) if column != EXPLANATION]
    named = [[row[index] for index in kept] for row in rows]
    sentences = [EXPLANATION, *(FAULTS[row[place]].sentence for row in cells)]
    table = [[*row, sentence] for row, sentence in zip(named, sentences, strict=True)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = [
        "| " + " | ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)) + " |" for row in table
    ]
    return "".join(f"      {line}\n" for line in lines)


def listed(page: str, introduction: str) -> set[str]:
    """The faults that a paragraph of a page lists after its introduction."""
    paragraph = page[page.index(introduction) :].partition("\n\n")[0]
    return set(re.findall(r"[\w-]+", paragraph.partition(":")[2]))


def _features() -> list[Path]:
    return sorted((SUITE / "features").glob("*.feature"))


def _with_rows(page: str, head: str, rows: list[str]) -> str:
    """A page with other rows in the table that has this head."""
    before, _, rest = page.partition(head)
    ruler, _, old = rest.lstrip("\n").partition("\n")
    after = re.sub(r"\A(\|.*\n)*", "", old)
    return f"{before}{head}\n{ruler}\n" + "".join(f"{row}\n" for row in rows) + after


FEATURES = dict.fromkeys(_features(), feature_page)
PAGES = {CHECKS_PAGE: checks_page, OUTCOMES_PAGE: outcomes_page, APP_PAGE: app_page, **FEATURES}

if __name__ == "__main__":
    for path, made in PAGES.items():
        path.write_text(made(path.read_text(encoding="utf-8")), encoding="utf-8")
