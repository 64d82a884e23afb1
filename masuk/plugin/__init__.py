"""The pytest plugin: the only package that knows pytest.

`running` has the options and starts what a run needs, `fixtures` is the ladder of fixtures, `gherkin` shows scenarios
in Allure, `results` judges them and makes the report.
"""

from masuk.plugin.fixtures import (
    app,
    backend,
    bench,
    device,
    entry,
    evidence,
    faults,
    link,
    people,
    profile,
    running_backend,
    running_link,
    screen,
    session,
    settings,
    stack,
    timeline,
    toolchain,
    vault,
)
from masuk.plugin.gherkin import (
    pytest_bdd_after_scenario,
    pytest_bdd_after_step,
    pytest_bdd_before_scenario,
    pytest_bdd_before_step,
    pytest_bdd_step_error,
    pytest_bdd_step_func_lookup_error,
)
from masuk.plugin.results import pytest_runtest_makereport
from masuk.plugin.running import (
    pytest_addoption,
    pytest_collection_finish,
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_generate_tests,
    pytest_unconfigure,
)

__all__ = [
    "app",
    "backend",
    "bench",
    "device",
    "entry",
    "evidence",
    "faults",
    "link",
    "people",
    "profile",
    "pytest_addoption",
    "pytest_bdd_after_scenario",
    "pytest_bdd_after_step",
    "pytest_bdd_before_scenario",
    "pytest_bdd_before_step",
    "pytest_bdd_step_error",
    "pytest_bdd_step_func_lookup_error",
    "pytest_collection_finish",
    "pytest_collection_modifyitems",
    "pytest_configure",
    "pytest_generate_tests",
    "pytest_runtest_makereport",
    "pytest_unconfigure",
    "running_backend",
    "running_link",
    "screen",
    "session",
    "settings",
    "stack",
    "timeline",
    "toolchain",
    "vault",
]
