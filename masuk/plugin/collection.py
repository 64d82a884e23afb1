"""Collects the scenarios of a project: pytest finds them in masuk.toml, or in a feature file that is named to it.

pytest-bdd binds scenarios in a module of Python that calls `scenarios`. Here that module exists in memory only, one
for each feature file, so that a project needs none.
"""

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from masuk.gherkin.pytest_internals import ModuleInMemory
from masuk.gherkin.suite import Feature, features_of, is_default
from masuk.plugin.stash import PLAN, template_of

BINDING = "from pytest_bdd import scenarios\nscenarios({path!r})\n"


class FeatureFile(ModuleInMemory):
    """The scenarios of one feature file."""

    def made(self) -> ModuleType:
        """The module that binds them."""
        module = ModuleType(f"scenarios_of_{self.path.stem}")
        code = compile(BINDING.format(path=str(self.path)), str(self.path.with_suffix(".py")), "exec")
        exec(code, module.__dict__)  # noqa: S102 - the two lines above
        return module

    @classmethod
    def of(cls, parent: pytest.Collector, feature: Feature) -> "FeatureFile":
        """The collector of a feature, which has the same id on every machine."""
        collector: FeatureFile = cls.from_parent(parent, path=feature.path, nodeid=feature.name)
        return collector


class ProjectFile(pytest.File):
    """All features of a project."""

    def collect(self) -> Iterator[FeatureFile]:
        """Yield a collector for each."""
        for feature in self.config.stash[PLAN].inputs.features:
            yield FeatureFile.of(self, feature)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect the project's file, and feature files that were named."""
    project = parent.config.stash[PLAN].project
    if file_path == project.file:
        made: ProjectFile = ProjectFile.from_parent(parent, path=file_path)
        return made
    if file_path.suffix == ".feature" and parent.session.isinitpath(file_path):
        named = [feature for feature in features_of(project) if feature.path == file_path]
        return FeatureFile.of(parent, named[0] if named else Feature(file_path, file_path.name))
    return None


def drop_left_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the default suite's scenarios about checks that the project does without."""
    project, left_out = config.stash[PLAN].project, set(config.stash[PLAN].settings.leave_out)
    dropped = [
        item
        for item in items
        if template_of(item) is not None
        and is_default(item.path, project)
        and left_out & {mark.name for mark in item.iter_markers()}
    ]
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = [item for item in items if item not in dropped]
