"""The three places that masuk works with: the suite that comes with it, the project of its user, and its tools.

The suite is read only: features, steps, pages, apps, the lists of what the toolchain fetches, and the docs. An
installation has it inside this package. A source tree is its own suite, and its own project as well.
"""

import importlib.util
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from pathlib import Path

import platformdirs

from masuk.base.errors import UsageError

PACKAGE = Path(__file__).resolve().parents[1]
INSTALLED_SUITE = PACKAGE / "suite"
SUITE = INSTALLED_SUITE if INSTALLED_SUITE.is_dir() else PACKAGE.parent
"""The folder of the default suite."""
PROJECT_FILE = "masuk.toml"
TOOLS_VARIABLE = "MASUK_HOME"
RESULTS_VARIABLE = "MASUK_RESULTS"
OWN_CODE = ("steps", "pages", "faults")
"""The folders of a project whose modules extend those of the suite, or replace those of the same name."""


def is_installed() -> bool:
    """Whether this is an installation, and not a source tree."""
    return SUITE == INSTALLED_SUITE


def tools_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """The folder of what is fetched and built: MASUK_HOME, else the user's cache, which all projects share.

    A source tree keeps it in its own `.masuk`. Versions of masuk don't share a folder: each has the tools that it was
    tested with.
    """
    if named := environment.get(TOOLS_VARIABLE):
        return Path(named).absolute()
    if not is_installed():
        return SUITE / ".masuk"
    from importlib.metadata import version

    return platformdirs.user_cache_path("masuk") / version("masuk")


@dataclass(frozen=True)
class Project:
    """A folder with a `masuk.toml`, and what runs leave there."""

    root: Path
    work: Path
    """Results, reports, logs, and the data of the project's handsets."""

    @classmethod
    def at(cls, root: Path, environment: Mapping[str, str] = os.environ) -> "Project":
        """The project of a folder. What its runs leave is in `.masuk`, or where MASUK_RESULTS says."""
        return cls(root, Path(environment.get(RESULTS_VARIABLE) or root / ".masuk").absolute())

    @classmethod
    def nearest(cls) -> "Project | None":
        """The project that the current directory is in; None when it is in none."""
        here = Path.cwd()
        for folder in (here, *here.parents):
            if (folder / PROJECT_FILE).is_file():
                return cls.at(folder)
        return None if is_installed() else cls.at(SUITE)

    @classmethod
    def current(cls) -> "Project":
        """The project that the current directory is in. Raises UsageError when it is in none."""
        project = cls.nearest()
        if project is None:
            raise UsageError(
                f"{Path.cwd()} is in no project: neither it nor a folder above has a {PROJECT_FILE}."
                " Make one with: masuk init"
            )
        return project

    @classmethod
    def current_or_suite(cls) -> "Project":
        """The same, or the suite itself: for what asks nothing of a project."""
        return cls.nearest() or cls.at(SUITE)

    @property
    def file(self) -> Path:
        """The project's settings."""
        return self.root / PROJECT_FILE

    @property
    def features(self) -> Path:
        """The project's own features."""
        return self.root / "features"

    @property
    def is_suite(self) -> bool:
        """Whether the project is the source tree of the suite itself."""
        return self.root == SUITE

    @property
    def private_home(self) -> Path:
        """The HOME of adb and Appium, which would write into the user's otherwise."""
        return self.work / "home"

    @property
    def devices(self) -> Path:
        """One folder for each handset."""
        return self.work / "devices"

    @property
    def logs(self) -> Path:
        """What processes of commands other than `run` print."""
        return self.work / "logs"

    def find(self, path: Path) -> Path:
        """A file of the project, or else of the suite; the project's path when neither has it."""
        own = self.root / path
        return own if own.exists() or not (SUITE / path).exists() else SUITE / path

    def make_importable(self) -> None:
        """Let modules of `steps`, `pages` and `faults` be found here first, and then in the suite.

        A module that takes the place of the suite's can use that as `default_suite.pages.home`.

        The packages are made here, so that they are never somebody else's who has installed one of the same name.
        """
        if str(self.root) not in sys.path:
            sys.path.insert(0, str(self.root))
        if self.is_suite:
            return
        for name in OWN_CODE:
            _make_package(name, [root / name for root in (self.root, SUITE)])
        _make_package("default_suite", [SUITE])


def _make_package(name: str, folders: Sequence[Path]) -> None:
    """Make a package without a file of its own, whose modules are looked for in these folders."""
    spec = ModuleSpec(name, None, is_package=True)
    spec.submodule_search_locations = [str(folder) for folder in folders if folder.is_dir()]
    sys.modules[name] = importlib.util.module_from_spec(spec)
