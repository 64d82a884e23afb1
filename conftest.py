"""Registers the steps, so that a new module in steps/ is known without a further touch."""

import pkgutil

import pytest

import steps

STEPS = tuple(f"steps.{module.name}" for module in pkgutil.iter_modules(steps.__path__))

pytest.register_assert_rewrite("pages", *STEPS)
pytest_plugins = ("pytester", *STEPS)
