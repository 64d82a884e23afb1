"""Starts what a run needs as soon as it is known that it is needed."""

import gc

import pytest

from masuk.automation.run_processes import Stack
from masuk.plugin.scenario_filter import why_none
from masuk.plugin.stash import (
    EMPTY,
    PLAN,
    STACK,
    VAULT,
    ahead_of,
    home_of,
    refusing,
)
from masuk.plugin.step_catalogue import demand_known, listed
from masuk.toolchain.tools import Toolchain


def pytest_sessionstart() -> None:
    """Search for garbage from now on, but not among what was loaded."""
    gc.freeze()
    gc.enable()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Start device and Appium as soon as it is known that they are needed, without waiting for them."""
    config, plan = session.config, session.config.stash[PLAN]
    if not session.items:
        config.stash[EMPTY] = f"{why_none(config)}."
    words = config.getoption("masuk_words")
    if words is not None:
        found = "\n".join(listed(words, plan.project))
        print(found or f"No step has {words!r} in it. `masuk steps` lists them all.")
        session.items.clear()
    with refusing():
        demand_known(session, session.items)
    if config.option.collectonly or not any(home_of(item) for item in session.items):
        return
    ahead = ahead_of(config)
    if ahead is not None:
        config.stash[STACK] = ahead.stack
        return
    with refusing():
        _ = plan.inputs.profile  # it says at once what is wrong
    worker: str | None = getattr(config, "workerinput", {}).get("workerid")
    stack = config.stash[STACK] = Stack.of_run(plan, Toolchain.default(), config.stash[VAULT].mask, worker)
    config.add_cleanup(stack.stop)
    stack.start()
