"""Another try for a scenario whose tools have failed, and for no other: what the product fails is never tried again."""

from itertools import count
from typing import cast

import pytest

from masuk.gherkin.pytest_internals import runtestprotocol, tear_down_to
from masuk.plugin.stash import ATTEMPTS, PLAN, findings_in, home_of
from masuk.results.verdict import Result, Verdict


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Run a scenario until it says something about the product, at most `--retries` times more.

    Each attempt leaves its own result in the report. What the earlier ones have found goes with the last one's.
    """
    retries = item.config.stash[PLAN].retries
    if not retries or home_of(item) is None:
        return None
    earlier: list[dict[str, object]] = []
    for attempt in count():
        last = attempt == retries
        item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        # What outlives a test is kept for another attempt, as for a test of the same module.
        reports = runtestprotocol(item, log=False, nextitem=nextitem if last else cast(pytest.Item, item.parent))
        result = _together(reports)
        if last or result is None or result.verdict is not Verdict.INFRASTRUCTURE or item.session.shouldfail:
            break
        earlier.append(result.facts())
        item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)  # closes Allure's result
    if earlier:
        reports[-1].user_properties.append((ATTEMPTS, earlier))
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    if not last:
        tear_down_to(item.session, nextitem)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def _together(reports: list[pytest.TestReport]) -> Result | None:
    """What the phases of one attempt have found."""
    found: Result | None = None
    for report in reports:
        for phase in findings_in(report):
            found = found.then(phase) if found else phase
    return found
