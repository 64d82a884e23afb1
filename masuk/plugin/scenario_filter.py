"""Which of the collected scenarios run: by place, name, tag, part, or what failed in an earlier run."""

from collections.abc import Generator
from pathlib import Path

import pytest

from masuk.gherkin.pytest_internals import make_python_name
from masuk.gherkin.selection import chosen
from masuk.plugin.collection import drop_left_out
from masuk.plugin.stash import (
    PLAN,
    REPETITION,
    USAGE,
    home_of,
    is_scenario,
    is_worker,
    refusing,
    title_of,
    written_name_of,
)
from masuk.results.verdict import Verdict
from masuk.results.verdict import read_earlier as read_verdicts


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make a scenario as many tests as it is to be repeated."""
    count = metafunc.config.stash[PLAN].repeat
    if count and is_scenario(metafunc.function):
        metafunc.fixturenames.append(REPETITION)
        times = range(1, count + 1)
        metafunc.parametrize(REPETITION, times, ids=[f"#{time}" for time in times])


def pytest_itemcollected(item: pytest.Item) -> None:
    """Let -k find a scenario by its name and row as they are written. Pytest escapes them in its ids.

    `masuk run -k` turns words that are no expression into a name of Python's, so that has to be found too.
    """
    if home_of(item):
        name = written_name_of(item)
        item.extra_keyword_matches.update({name, make_python_name(name)})


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Let the process that has started a worker know of what was wrong with the choice of scenarios."""
    try:
        return (yield)
    except pytest.UsageError as error:
        if is_worker(session.config):
            session.config.workeroutput[USAGE] = str(error)  # type: ignore[attr-defined]
        raise


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the scenarios that --scenario names, and of them those of this part of the run."""
    drop_left_out(config, items)
    _keep_named(config, items)
    _keep_failed(config, items)
    _keep_shard(config, items)


def why_none(config: pytest.Config) -> str:
    """Which of the choices leaves nothing; they are told together, since each may be what does."""
    plan = config.stash[PLAN]
    choices = {
        "no scenario has {!r} in its name": config.getoption("keyword", None),
        "no scenario has the tags {!r}": config.getoption("markexpr", None),
        "nothing of it has failed in the last run": plan.failed_of,
        "nothing falls into the part {}": plan.shard,
    }
    told = [words.format(value) for words, value in choices.items() if value]
    return ", or ".join(told) or "no scenario was chosen"


def _keep_named(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = config.stash[PLAN].places
    if not wanted:
        return
    homes = {item: home for item in items if (home := home_of(item))}
    names: dict[Path, set[str]] = {}
    for home in homes.values():
        names.setdefault(home.path, set()).add(home.name)
    with refusing():
        keep = chosen(wanted, names)
    _keep(config, items, {item for item, home in homes.items() if (home.path, home.name) in keep})


def _keep_failed(config: pytest.Config, items: list[pytest.Item]) -> None:
    verdicts = config.stash[PLAN].failed_of
    if verdicts is None:
        return
    with refusing():
        found = read_verdicts(verdicts)
    failed = {result.scenario for result in found if result.verdict not in {Verdict.PASSED, Verdict.SKIPPED}}
    _keep(config, items, {item for item in items if home_of(item) and title_of(item) in failed})


def _keep_shard(config: pytest.Config, items: list[pytest.Item]) -> None:
    plan = config.stash[PLAN]
    if plan.shard is None:
        return
    titles = {item: title_of(item) for item in items if home_of(item)}
    with refusing():
        known = read_verdicts(plan.durations_of) if plan.durations_of else []
        mine = plan.shard.of(titles.values(), {result.scenario: result.seconds for result in known})
    _keep(config, items, {item for item, title in titles.items() if title in mine})


def _keep(config: pytest.Config, items: list[pytest.Item], chosen: set[pytest.Item]) -> None:
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = [item for item in items if item in chosen]
