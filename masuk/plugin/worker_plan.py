"""The plan of a run on its way to pytest-xdist's workers: pickled, through a pipe."""

import pickle
from typing import Any

import pytest

from masuk.automation.run_plan import RunPlan
from masuk.plugin.stash import PLAN

KEY = "masuk_plan"


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Give a worker the plan."""
    node.workerinput[KEY] = pickle.dumps(node.config.stash[PLAN])


def received(config: pytest.Config) -> RunPlan:
    """In a worker: the plan."""
    plan: RunPlan = pickle.loads(config.workerinput[KEY])  # type: ignore[attr-defined] # noqa: S301 - ours
    return plan
