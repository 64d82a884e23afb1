"""On which device a result was found: the same scenario on two kinds of devices is two results.

A kind is a model with its API level. A serial or a port may be another one in the next run, and would cut off the
history of a scenario.
"""

from typing import Any

import pytest
from allure_commons import hookimpl
from allure_commons import plugin_manager as allure_hooks
from allure_commons.model2 import Parameter, TestResult

from masuk.plugin.stash import ENVIRONMENT
from masuk.results.allure_results import history_on, parameters_of


class PlacedResults:
    """Allure's results, with the device as parameters before Allure writes them."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    @hookimpl(tryfirst=True)
    def report_result(self, result: TestResult) -> None:
        """Add the device of this process, as soon as it is known."""
        environment = self._config.stash.get(ENVIRONMENT, None)
        if environment is None:
            return
        parameters: list[Any] = result.parameters
        parameters += [Parameter(**facts) for facts in parameters_of(environment.kind)]
        if result.historyId is not None:  # what was interrupted has none
            result.historyId = history_on(str(result.historyId), environment.kind)


@pytest.hookimpl
def pytest_sessionstart(session: pytest.Session) -> None:
    """Place the results that Allure writes from now on."""
    config = session.config
    placed = PlacedResults(config)
    allure_hooks.register(placed)
    config.add_cleanup(lambda: allure_hooks.unregister(placed))
