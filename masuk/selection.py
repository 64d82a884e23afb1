"""Which scenarios a run is about: feature files, or one scenario by a line of its file."""

from dataclasses import dataclass
from pathlib import Path

from masuk.errors import UsageError


@dataclass(frozen=True)
class Place:
    """A feature file, and a line in it when one scenario is meant."""

    path: Path
    line: int | None = None

    @classmethod
    def parse(cls, text: str) -> "Place":
        """Read `features/x.feature` or `features/x.feature:12`. Raises UsageError when there is no such place."""
        path, _, line = text.partition(":")
        file = Path(path)
        if not file.is_file():
            raise UsageError(f"{path}: no such feature file. Look into features/, or leave it out to run everything.")
        if not line:
            return cls(file.resolve())
        if not line.isdigit() or not 1 <= int(line) <= len(file.read_text(encoding="utf-8").splitlines()):
            raise UsageError(f"{text}: {path} has no line {line!r}. Write the line of a scenario, such as {path}:12.")
        return cls(file.resolve(), int(line))


def chosen(places: list[Place], scenarios: dict[Path, list[int]]) -> set[tuple[Path, int]]:
    """The scenarios meant, as file and line of their title; a line belongs to the scenario that begins at or above it.

    `scenarios` gives the lines of the titles of every feature file. Raises UsageError for a line above every scenario.
    """
    found: set[tuple[Path, int]] = set()
    for place in places:
        lines = sorted(scenarios.get(place.path, []))
        if not lines:
            raise UsageError(
                f"{place.path}: no test binds this feature file; tests/scenarios binds those in features/."
            )
        if place.line is None:
            found.update((place.path, line) for line in lines)
            continue
        above = [line for line in lines if line <= place.line]
        if not above:
            raise UsageError(
                f"{place.path}:{place.line}: no scenario begins at or above this line; the first is at {lines[0]}."
            )
        found.add((place.path, above[-1]))
    return found
