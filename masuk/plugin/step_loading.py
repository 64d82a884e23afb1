"""Makes steps, pages and faults known: those of the default suite, and those of the project, which win."""

import pkgutil
from importlib import import_module

import pytest

from masuk.base.errors import UsageError
from masuk.base.locations import OWN_CODE, Project
from masuk.plugin.stash import PROJECT


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Register every module of steps as a plugin. A later one wins where two say the same words."""
    project = early_config.stash[PROJECT] = Project.current()
    pytest.register_assert_rewrite(*OWN_CODE)
    project.make_importable()
    for name in step_modules(project):
        try:
            early_config.pluginmanager.import_plugin(name)
        except pytest.UsageError:
            raise
        except Exception as error:
            cause = error.__cause__ or error  # pytest has an exception of its own around it
            if isinstance(cause, UsageError):  # about a fault of the project that the steps import
                raise pytest.UsageError(str(cause)) from error
            if isinstance(cause, ImportError | SyntaxError):
                raise pytest.UsageError(f"{name} can't be imported: {cause}. Correct the module.") from error
            raise


def step_modules(project: Project) -> list[str]:
    """The modules of steps, those of the project last. A project's module replaces the suite's of the same name."""
    names = [module.name for module in pkgutil.iter_modules(import_module("steps").__path__)]
    own = {path.stem for path in (project.root / "steps").glob("*.py")}
    return [f"steps.{name}" for name in sorted(set(names), key=lambda name: (name in own, name))]
