"""Which scenarios a run is about: feature files, or one scenario by a line of its file."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from masuk.base.errors import UsageError
from masuk.gherkin import lint

BY_NAME = "::"


@dataclass(frozen=True)
class Place:
    """A feature file, and a scenario in it when one is meant: by its name, since lines move while one writes."""

    path: Path
    scenario: str | None = None

    @classmethod
    def parse(cls, text: str) -> "Place":
        """Read `features/x.feature`, `features/x.feature:12`, or what `str` makes of a place.

        A line belongs to the scenario that begins at or above it, with its tags and the comments above them. Raises
        UsageError when there is no such place, or when something is wrong in the file.
        """
        path, by_name, rest = text.partition(BY_NAME)
        if not by_name:
            path, _, rest = text.partition(":")
        file = Path(path)
        if not file.is_file():
            raise UsageError(f"{path}: no such feature file. Look into features/, or leave it out to run everything.")
        scenarios = lint.scenarios_of(file)
        file = file.resolve()
        if by_name:
            return cls(file, rest)
        if not rest:
            return cls(file)
        if not rest.isdigit() or not 1 <= int(rest) <= len(file.read_text(encoding="utf-8").splitlines()):
            raise UsageError(f"{text}: {path} has no line {rest!r}. Write the line of a scenario, such as {path}:12.")
        above = [scenario for scenario in scenarios if scenario.first_line <= int(rest)]
        if not above:
            raise UsageError(
                f"{file}:{rest}: no scenario begins at or above this line; the first is at {scenarios[0].line}."
            )
        return cls(file, above[-1].name)

    @classmethod
    def all_of(cls, text: str) -> list["Place"]:
        """The same; a folder means every feature file in it, and below. Raises UsageError when there is none."""
        folder = Path(text)
        if not folder.is_dir():
            return [cls.parse(text)]
        files = sorted(folder.rglob("*.feature"))
        if not files:
            raise UsageError(f"{text}: there is no feature file in this folder. Name one, or leave it out.")
        return [cls.parse(str(file)) for file in files]

    def __str__(self) -> str:
        return str(self.path) if self.scenario is None else f"{self.path}{BY_NAME}{self.scenario}"


def chosen(places: Sequence[Place], scenarios: Mapping[Path, Set[str]]) -> set[tuple[Path, str]]:
    """The scenarios meant, by file and name. `scenarios` gives the names in every feature file that tests are bound to.

    Raises UsageError for a place where there is none.
    """
    found: set[tuple[Path, str]] = set()
    for place in places:
        names = scenarios.get(place.path, set())
        if not names:
            raise UsageError(
                f"{place.path}: no test binds this feature file. Name one of the project or of the default suite."
            )
        if place.scenario is not None and place.scenario not in names:
            raise UsageError(f"{place.path}: there is no scenario {place.scenario!r} any more. Choose another one.")
        found.update((place.path, name) for name in ({place.scenario} if place.scenario is not None else names))
    return found


def expression_of(keyword: str) -> str:
    """What pytest's -k understands: an expression as it is, and anything else as a part of a scenario's name."""
    from masuk.gherkin.pytest_internals import Expression, make_python_name  # here, since it loads pytest

    try:
        Expression.compile(keyword)
    except SyntaxError:
        return make_python_name(keyword.strip())
    return keyword


def tags_of(expression: str) -> str:
    """An expression of tags as pytest's -m understands it: without the @ that they have in features."""
    return re.sub(r"@(?=\w)", "", expression)
