"""For the tests of the plugin, which run suites of their own."""

pytest_plugins = ("pytester",)
