"""The pytest plugin: the only package that knows pytest.

`options` makes the plan of a run, and `worker_plan` gives it to pytest-xdist's workers. `step_loading` finds steps,
`collection` finds scenarios, and `scenario_filter` chooses among them. `start_processes` starts what they need, and
`fixtures` is the ladder of fixtures. `step_hooks` shows steps in Allure and asks what else explains a failure.
`judging` gives verdicts. `run_outcome` counts them, decides the exit code and keeps what the run leaves.
`dead_workers` reports for workers that have died.
"""

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
from masuk.plugin.judging import pytest_runtest_makereport
from masuk.plugin.options import pytest_addoption, pytest_configure
from masuk.plugin.retrying import pytest_runtest_protocol
from masuk.plugin.scenario_filter import (
    pytest_collection,
    pytest_collection_modifyitems,
    pytest_generate_tests,
    pytest_itemcollected,
)
from masuk.plugin.start_processes import pytest_collection_finish, pytest_sessionstart
from masuk.plugin.step_hooks import (
    pytest_bdd_after_scenario,
    pytest_bdd_after_step,
    pytest_bdd_before_scenario,
    pytest_bdd_before_step,
    pytest_bdd_step_error,
)
from masuk.plugin.step_loading import pytest_load_initial_conftests
from masuk.plugin.worker_plan import pytest_configure_node

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
    "pytest_configure_node",
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
