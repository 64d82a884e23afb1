"""Which features a project has: its own, and those of the default suite that it neither replaces nor leaves out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path

from masuk.base.errors import UsageError
from masuk.base.locations import SUITE, Project
from masuk.gherkin.checks import CHECKS

FEATURES = "features"


@dataclass(frozen=True)
class Feature:
    """A feature file, and its name in results: the same whether it is the project's or the default suite's."""

    path: Path
    name: str


def features_of(project: Project, leave_out: Sequence[str] = ()) -> list[Feature]:
    """The features of a project, in the order of their names.

    A file replaces the default suite's file of the same name. `leave_out` names default features without `.feature`
    and may have wildcards; checks in it concern scenarios, and are no matter here. Raises UsageError for a name that is
    neither a feature nor a check.
    """
    own = dict(_features_in(project.features))
    default = {} if project.is_suite else dict(_features_in(SUITE / FEATURES))
    stems = [Path(name).stem for name in default]
    for word in leave_out:
        if word not in CHECKS and not any(fnmatchcase(stem, word) for stem in stems) and not project.is_suite:
            near = get_close_matches(word, [*stems, *CHECKS], n=1)
            meant = f"; did you mean {near[0]}?" if near else f"; features are {', '.join(stems)}."
            raise UsageError(f'leave_out: "{word}" is neither a feature of the default suite nor a check{meant}')
    kept = {name: path for name, path in default.items() if not _is_left_out(name, leave_out)}
    return [Feature(path, name) for name, path in sorted({**kept, **own}.items())]


def is_default(path: Path, project: Project) -> bool:
    """Whether a feature file is the default suite's, seen from a project."""
    return not project.is_suite and path.is_relative_to(SUITE)


def _features_in(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in folder.rglob("*.feature"):
        yield f"{FEATURES}/{path.relative_to(folder).as_posix()}", path


def _is_left_out(name: str, leave_out: Sequence[str]) -> bool:
    return any(fnmatchcase(Path(name).stem, word) for word in leave_out)
