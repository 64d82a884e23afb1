"""What pytest loads wherever masuk is installed. In a project it loads the plugin, and elsewhere nothing."""

import pytest

from masuk.base.locations import Project

PLUGIN = "masuk.plugin"


def pytest_addoption(pluginmanager: pytest.PytestPluginManager) -> None:
    """Load the plugin, which declares options, if the current directory is in a project."""
    if Project.nearest() is None:
        return
    pluginmanager.import_plugin(PLUGIN)
