"""Registers the steps, so that a new module in steps/ is known without a further touch."""

import pkgutil

import pytest

import steps

pytest.register_assert_rewrite("pages", *(f"steps.{module.name}" for module in pkgutil.iter_modules(steps.__path__)))
pytest_plugins = tuple(f"steps.{module.name}" for module in pkgutil.iter_modules(steps.__path__))
