"""What becomes of a scenario whose worker process dies.

Such a worker can say nothing more. So each writes down what a report needs to know of its scenarios before it runs one,
and the process that has started the workers reports in its place.
"""

import hashlib
import json
import tempfile
import time
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest
from allure_commons import plugin_manager as allure_hooks
from allure_commons.model2 import Label, Parameter, Status, StatusDetails, TestResult
from allure_commons.types import LabelType
from allure_commons.utils import represent
from allure_pytest.utils import allure_full_name, allure_title_path, get_history_id, pytest_markers

from masuk.base.output_paths import write_whole
from masuk.plugin.stash import home_of, name_of, template_of, title_of
from masuk.results.verdict import Result, Verdict

FOLDER = "masuk_scenarios"
"""What a worker is given: the folder for what it writes down."""
DIED = "its worker process has died, and its device with it"
NEVER_RAN = "it did not run: worker processes have died, and none was left to run it"


@dataclass(frozen=True)
class Facts:
    """What a report says of a scenario, whatever becomes of it."""

    title: str
    name: str
    feature: str
    description: str
    full_name: str
    title_path: list[str]
    history_id: str
    parameters: list[tuple[str, str]]
    tags: list[str]

    @classmethod
    def of(cls, item: pytest.Item) -> "Facts":
        """The facts of a scenario, with the ids that allure-pytest would give it."""
        template = template_of(item)
        assert template is not None
        given = dict(item.callspec.params) if hasattr(item, "callspec") else {}
        parameters = [
            Parameter(name=name, value=represent(value))  # type: ignore[no-untyped-call]
            for name, value in given.items()
        ]
        full_name = allure_full_name(item)
        return cls(
            title_of(item),
            name_of(item),
            template.feature.name,
            (template.feature.description or "").strip(),
            full_name,
            list(allure_title_path(item)),
            get_history_id(full_name, parameters, original_values=given),
            [(parameter.name, parameter.value) for parameter in parameters],
            sorted(set(pytest_markers(item))),
        )

    def as_result(self, reason: str, start: int, stop: int) -> TestResult:
        """A result of Allure's for a scenario that says nothing about the product. Times are in milliseconds."""
        places = [Label(kind, self.feature) for kind in (LabelType.FEATURE, LabelType.PARENT_SUITE)]
        return TestResult(
            uuid=str(uuid.uuid4()),
            name=self.name,
            description=self.description,
            fullName=self.full_name,
            titlePath=self.title_path,
            testCaseId=hashlib.md5(self.full_name.encode(), usedforsecurity=False).hexdigest(),
            historyId=self.history_id,
            status=Status.BROKEN,
            statusDetails=StatusDetails(message=reason),
            parameters=[Parameter(name=name, value=value) for name, value in self.parameters],
            labels=[*places, *(Label(LabelType.TAG, tag) for tag in self.tags)],
            start=start,
            stop=stop,
        )


def write_down(config: pytest.Config, items: Iterable[pytest.Item]) -> None:
    """In a worker: leave the facts of its scenarios, by the ids of their tests, for the process that has started it."""
    given = config.workerinput  # type: ignore[attr-defined]
    known = {item.nodeid: asdict(Facts.of(item)) for item in items if home_of(item)}
    write_whole(_file(Path(given[FOLDER]), given["workerid"]), json.dumps(known))


class Workers:
    """The workers of a run, in the process that has started them."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._folder: Path | None = None
        self._facts: dict[str, Facts] = {}
        self._begun: dict[str, float] = {}
        self.collected: list[str] = []
        """The ids of the tests to be run, in their order."""
        self.have_died = False

    def introduce(self, node: Any) -> None:
        """Give a worker that is about to start the place where it writes down its scenarios."""
        if self._folder is None:
            folder = tempfile.TemporaryDirectory(prefix="masuk-scenarios-")
            self._config.add_cleanup(folder.cleanup)
            self._folder = Path(folder.name)
        node.workerinput[FOLDER] = str(self._folder)

    def have_collected(self, node: Any, ids: Sequence[str]) -> None:
        """A worker has found its tests. All find the same."""
        self.collected = list(ids)
        if self._folder is not None and not self._facts:
            known = json.loads(_file(self._folder, node.gateway.id).read_text(encoding="utf-8"))
            self._facts = {nodeid: Facts(**facts) for nodeid, facts in known.items()}

    def begin(self, nodeid: str) -> None:
        """A test has begun, in whichever worker."""
        self._begun[nodeid] = time.time()

    def knows(self, nodeid: str) -> bool:
        """Whether this is a scenario, and not any other test."""
        return nodeid in self._facts

    def report(self, nodeid: str, reason: str) -> Result:
        """Put a scenario that no worker can report into Allure's results; its verdict."""
        facts, now = self._facts[nodeid], time.time()
        began = self._begun.pop(nodeid, now)
        result = facts.as_result(reason, int(began * 1000), int(now * 1000))
        if self._config.getoption("allure_report_dir", default=None):
            allure_hooks.hook.report_result(result=result)
        return Result(facts.title, Verdict.INFRASTRUCTURE, now - began, reason)


def _file(folder: Path, worker: str) -> Path:
    return folder / f"{worker}.json"
