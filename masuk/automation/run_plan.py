"""What a run is to do: validated once, and then the same for this process, for pytest and for its workers."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from masuk.base.locations import SUITE, Project
from masuk.base.run_folder import RunFolder
from masuk.config import accounts as accounts_files
from masuk.config.accounts import AccountsFile
from masuk.config.profile import Profile
from masuk.config.run_options import given_in
from masuk.config.settings import Settings, load
from masuk.gherkin.selection import Place
from masuk.gherkin.sharding import Shard
from masuk.gherkin.suite import Feature, features_of
from masuk.toolchain.preflight import profile_of
from masuk.toolchain.tools import Toolchain

CONTROL_WAIT = "3"
"""Seconds; with its faults withheld nothing is slow, and most scenarios wait in vain."""


@dataclass(frozen=True, eq=False)
class Inputs:
    """What a run works on. Each file is read when it is first asked for, and only once."""

    settings: Settings
    project: Project

    @cached_property
    def profile(self) -> Profile:
        """The app under test, with builds that fit it. Raises UsageError naming file, key and cure."""
        return profile_of(self.settings, self.project, Toolchain.default())

    @cached_property
    def accounts(self) -> AccountsFile | None:
        """The test accounts; None for the stub backend. Raises UsageError naming file, key and cure."""
        path = self.settings.accounts
        return accounts_files.load(path) if path is not None else None

    @cached_property
    def features(self) -> tuple[Feature, ...]:
        """The features of the project. Raises UsageError when `leave_out` names what there is not."""
        return tuple(features_of(self.project, self.settings.leave_out))


@dataclass(frozen=True, eq=False)
class RunPlan:
    """A run as it was asked for. It can be pickled, which is how workers get it."""

    inputs: Inputs
    folder: RunFolder
    """Where its processes write their logs. Its name tells the handsets of the run apart."""
    places: tuple[Place, ...] = ()
    """The only scenarios that run; none means all."""
    failed_of: Path | None = None
    """Verdicts of an earlier run: what passed there does not run."""
    shard: Shard | None = None
    durations_of: Path | None = None
    repeat: int = 0
    """How often each scenario runs; 0 means once, and without a number in its name."""
    retries: int = 0
    without_faults: bool = False
    screenshots: str = "on"
    trace: str = "off"
    video: str = "off"
    verdicts: Path | None = None
    report: Path | None = None
    step: bool = False
    keep: bool = False
    session_id: str | None = None
    """An open Appium session that the run uses and leaves open."""

    @classmethod
    def of(
        cls,
        options: Mapping[str, Any],
        project: Project,
        environment: Mapping[str, str] = os.environ,
    ) -> "RunPlan":
        """The plan for options by their names in `PYTEST_OPTIONS`; one that is absent or None was not given.

        Paths are those of the current directory; what is not there may be the default suite's. Raises UsageError.
        """
        given = given_in(options)
        if given.get("without_faults"):
            given.setdefault("wait", CONTROL_WAIT)
        settings = load(project, {key: given.get(key) for key in Settings.model_fields}, environment)
        shard = given.get("shard")
        named = {name: given[name] for name in cls.__dataclass_fields__ if name in given}
        read = {
            "inputs": Inputs(settings, project),
            "folder": RunFolder(given.get("run_folder", project.work)),
            "places": tuple(place for text in given.get("scenario", ()) for place in _places(text)),
            "shard": Shard.parse(shard) if shard else None,
        }
        return cls(**{**named, **read})

    @property
    def settings(self) -> Settings:
        """What to run on what."""
        return self.inputs.settings

    @property
    def project(self) -> Project:
        """Whose scenarios run."""
        return self.inputs.project


def _places(text: str) -> list[Place]:
    """Those in the default suite, if they are not found from the current directory."""
    path = text.partition(":")[0]
    return Place.all_of(str(SUITE / text) if not Path(path).exists() and (SUITE / path).exists() else text)
