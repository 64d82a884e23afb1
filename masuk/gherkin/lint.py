"""What feature files hold, by Gherkin's own parser: the scenarios, and what is wrong in words for who wrote it.

pytest-bdd drops a scenario whose name another one of its feature has, and takes a misspelt keyword for a description.
Rows of an outline that are equal would run under one title.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from gherkin.errors import CompositeParserException
from gherkin.parser import Parser

from masuk.base.errors import UsageError
from masuk.gherkin.checks import CHECKS

STEPS = ("Given", "When", "Then", "And", "But")
KEYWORDS = ("Feature", "Background", "Rule", "Scenario", "Scenario Outline", "Examples", *STEPS)
KEYWORD = re.compile(r"(\w+(?: \w+)?):|(\w+)")
WORDS = {"The", "Them", "They", "An", "Any", "Both", "Bus"}
"""A description may begin with them, though they are near to a keyword."""
UNEXPECTED = re.compile(r"\((\d+):\d+\): expected: .*, got '(.*)'")


@dataclass(frozen=True)
class Scenario:
    """A scenario or an outline as it is written."""

    name: str
    line: int
    """Of its title."""
    first_line: int
    """Of its tags, and of the comments right above them."""


def scenarios_of(path: Path) -> list[Scenario]:
    """The scenarios of a feature file, at least one, in its order. Raises UsageError with the line that is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is not UTF-8: {error.reason} at byte {error.start}. Save it as UTF-8.") from None
    try:
        document = Parser().parse(text)
    except CompositeParserException as error:
        raise UsageError(_in_words(path, str(error.errors[0]))) from None
    feature = document.get("feature")
    if not feature:
        raise UsageError(f"{path}: there is no feature. Begin it with a line such as `Feature: Wrong data`.")
    lines = text.splitlines()
    _demand_no_misspelt_keyword(path, feature, lines)
    _demand_known_tags(path, feature)
    found = []
    for node in _nodes(feature):
        _demand_known_tags(path, node)
        _demand_steps(path, node)
        _demand_rows_once(path, node)
        found.append(_scenario(node, lines))
    if not found:
        raise UsageError(f"{path}: there is no scenario in it. Add one, or remove the file.")
    _demand_names_once(path, found)
    return found


def examine(paths: Iterable[Path]) -> None:
    """Raise UsageError for the first feature file with something wrong in it."""
    for path in paths:
        scenarios_of(path)


def _nodes(feature: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for child in feature["children"]:
        if "scenario" in child:
            yield child["scenario"]
        elif "rule" in child:
            yield from _nodes(child["rule"])


def _scenario(node: Mapping[str, Any], lines: list[str]) -> Scenario:
    line = node["location"]["line"]
    first = min([line, *(tag["location"]["line"] for tag in node["tags"])])
    while first > 1 and lines[first - 2].lstrip().startswith("#"):
        first -= 1
    return Scenario(node["name"], line, first)


def _demand_names_once(path: Path, scenarios: list[Scenario]) -> None:
    seen: dict[str, int] = {}
    for scenario in scenarios:
        if scenario.name in seen:
            raise UsageError(
                f"{path}:{scenario.line}: the scenario of line {seen[scenario.name]} has the same name,"
                f" {scenario.name!r}, and only one of them would run. Give it another name."
            )
        seen[scenario.name] = scenario.line


def _demand_rows_once(path: Path, node: Mapping[str, Any]) -> None:
    """Two equal rows would have one title, and one verdict could not be told from the other."""
    seen: dict[frozenset[tuple[str, str]], int] = {}
    for examples in node["examples"]:
        columns = [cell["value"] for cell in examples.get("tableHeader", {}).get("cells", [])]
        for row in examples["tableBody"]:
            cells = frozenset(zip(columns, (cell["value"] for cell in row["cells"]), strict=True))
            line = row["location"]["line"]
            if cells in seen:
                raise UsageError(
                    f"{path}:{line}: the row of line {seen[cells]} has the same values, and nobody could tell the"
                    " verdicts of the two apart. Change one of them, or remove it."
                    " To run a scenario twice, use --repeat 2."
                )
            seen[cells] = line


def _demand_no_misspelt_keyword(path: Path, feature: Mapping[str, Any], lines: list[str]) -> None:
    """What stands between a title and the first step is a description, whatever it looks like."""
    below_scenarios = _described(_nodes(feature))
    described = below_scenarios | _described([feature])
    for number, line in enumerate(lines, 1):
        text = line.strip()
        found = KEYWORD.match(text)
        if found is None or text not in described:
            continue
        title, word = found.groups()
        may_be_step = text in below_scenarios and word not in WORDS
        near = _near(title, KEYWORDS) if title else _near(word, STEPS) if may_be_step else None
        if near:
            raise UsageError(f"{path}:{number}: {title or word!r} is no keyword of Gherkin; did you mean {near}?")


def _described(nodes: Iterable[Mapping[str, Any]]) -> set[str]:
    return {line.strip() for node in nodes for line in node["description"].splitlines()}


def _demand_known_tags(path: Path, node: Mapping[str, Any]) -> None:
    for tag in node["tags"]:
        name = tag["name"].removeprefix("@")
        if name not in CHECKS:
            near = get_close_matches(name, CHECKS, n=1)
            hint = f"did you mean @{near[0]}?" if near else "docs/checks.md has them."
            raise UsageError(f"{path}:{tag['location']['line']}: @{name} is no check; {hint}")


def _demand_steps(path: Path, node: Mapping[str, Any]) -> None:
    if not node["steps"]:
        raise UsageError(f"{path}:{node['location']['line']}: the scenario has no steps, and would pass. Add them.")
    first = node["steps"][0]
    if first["keywordType"] not in {"Context", "Action", "Outcome"}:
        raise UsageError(
            f"{path}:{first['location']['line']}: {first['keyword'].strip()} has no step before it to go on from."
            " Begin with Given, When or Then."
        )


def _near(word: str, keywords: Sequence[str]) -> str | None:
    near = get_close_matches(word, keywords, n=1, cutoff=0.7)
    return near[0] if near else None


def _in_words(path: Path, error: str) -> str:
    found = UNEXPECTED.match(error)
    if found is None:
        return f"{path}: {error}"
    word = re.split(r"[:\s]", found[2].strip())[0]
    near = _near(word, KEYWORDS)
    hint = f"did you mean {near}?" if near else "Write one of " + ", ".join(KEYWORDS) + "."
    return f"{path}:{found[1]}: {found[2]!r} can't stand here; {hint}"
