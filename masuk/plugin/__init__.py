"""The pytest plugin: the only package that knows pytest.

`own_code` finds steps, `collection` finds scenarios, `options` has the options and starts what a run needs, `fixtures`
is the ladder of fixtures, `bdd` shows scenarios in Allure, `results` judges them and makes the report.
"""

from masuk.plugin.bdd import (
    pytest_bdd_after_scenario,
    pytest_bdd_after_step,
    pytest_bdd_before_scenario,
    pytest_bdd_before_step,
    pytest_bdd_step_error,
)
from masuk.plugin.collection import pytest_collect_file
from masuk.plugin.fixtures import (
    accounts,
    app,
    backend,
    bench,
    device,
    entry,
    evidence,
    faults,
    interceptor,
    link,
    members,
    people,
    profile,
    running_backend,
    running_link,
    screen,
    service,
    session,
    settings,
    stack,
    stub,
    timeline,
    toolchain,
    vault,
)
from masuk.plugin.options import (
    pytest_addoption,
    pytest_collection,
    pytest_collection_finish,
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_generate_tests,
    pytest_itemcollected,
    pytest_sessionstart,
)
from masuk.plugin.own_code import pytest_load_initial_conftests
from masuk.plugin.results import pytest_runtest_makereport
from masuk.plugin.retrying import pytest_runtest_protocol

__all__ = [
    "accounts",
    "app",
    "backend",
    "bench",
    "device",
    "entry",
    "evidence",
    "faults",
    "interceptor",
    "link",
    "members",
    "people",
    "profile",
    "pytest_addoption",
    "pytest_bdd_after_scenario",
    "pytest_bdd_after_step",
    "pytest_bdd_before_scenario",
    "pytest_bdd_before_step",
    "pytest_bdd_step_error",
    "pytest_collect_file",
    "pytest_collection",
    "pytest_collection_finish",
    "pytest_collection_modifyitems",
    "pytest_configure",
    "pytest_generate_tests",
    "pytest_itemcollected",
    "pytest_load_initial_conftests",
    "pytest_runtest_makereport",
    "pytest_runtest_protocol",
    "pytest_sessionstart",
    "running_backend",
    "running_link",
    "screen",
    "service",
    "session",
    "settings",
    "stack",
    "stub",
    "timeline",
    "toolchain",
    "vault",
]
