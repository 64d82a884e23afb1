"""What to run on what: one validated object from masuk.toml, the environment and options.

An option wins over an environment variable, which wins over the file. The variables are called as the settings are, in
capitals after MASUK_: MASUK_DEVICE, MASUK_APPIUM_URL and so on.
"""

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field

from masuk.base.errors import UsageError
from masuk.base.locations import PROJECT_FILE, RESULTS_VARIABLE, TOOLS_VARIABLE, Project
from masuk.base.toml_model import Document, read_toml, validate
from masuk.config.capabilities import CapabilityFile, Offer, offers_of
from masuk.config.capabilities import load as read_capabilities
from masuk.config.interception_authority import demand_authority
from masuk.config.run_options import flag_of

HANDSET = "handset"
PREFIX = "MASUK_"
PLACES = (TOOLS_VARIABLE, RESULTS_VARIABLE)
"""Variables that are no settings, since they say nothing about a run."""
FILES = ("profile", "apk", "previous", "capabilities", "accounts", "intercept")


def _listed(value: object) -> object:
    """The names in a variable are separated by commas."""
    return [name.strip() for name in value.split(",")] if isinstance(value, str) else value


class Settings(Document):
    """What a run needs to know. Times are in seconds, and the paths are absolute once they are loaded."""

    profile: Path = Path("apps/reference/profile.toml")
    """The app under test."""
    apk: Path | None = None
    """A build to test in the place of the profile's."""
    previous: Path | None = None
    """A build that upgrades begin with, in the place of the profile's."""
    device: str = Field(default=HANDSET, min_length=1)
    """A serial of `masuk devices`, several with commas for as many workers, or `handset` for one that is started."""
    avd: str | None = Field(default=None, min_length=1)
    """An Android virtual device that is started for the run, without a window."""
    appium_url: str | None = Field(
        default=None, pattern=r"^https?://[^/\s:]+(:\d+)?(/\S*)?$", examples=["http://127.0.0.1:4723"]
    )
    """A running Appium server or Grid; none means that an Appium is started for the run."""
    capabilities: Path | None = None
    """What sessions are asked for beside our own, and the devices that there are."""
    backend: str | None = Field(default=None, pattern=r"^https?://[^/\s]+", examples=["https://staging.example.org"])
    """Where the app logs in to, as the device reaches it; none means the stub backend of the run."""
    accounts: Path | None = None
    """Test accounts at that backend."""
    intercept: Path | None = None
    """Key and certificate of an authority that the build trusts, to make troubles for that backend."""
    docs_url: str | None = Field(
        default=None, pattern=r"^https?://\S+[^/]$", examples=["https://docs.example.org/masuk"]
    )
    """Where the folder docs is published; reports link to the checks there. None means the files that come along."""
    wait: float = Field(default=10, gt=0, le=300)
    """Patience: how long a screen may take to show what a step expects that promises no time of its own."""
    leave_out: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()
    """What a project does without of the default suite: features by the names of their files, and checks."""

    @property
    def serials(self) -> list[str]:
        """The devices that are named; none means a handset that is started for the run."""
        return [] if self.device == HANDSET else [serial for serial in self.device.split(",") if serial]

    @cached_property
    def capability_file(self) -> CapabilityFile | None:
        """What the file of capabilities says, read when it is first asked for. Raises UsageError."""
        return read_capabilities(self.capabilities) if self.capabilities is not None else None

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """What workers may take, by the names here and by the capability file.

        At least one; without a serial it is the only one. Raises UsageError.
        """
        return offers_of(self.serials, self.capability_file, self.capabilities)


def load(project: Project, options: Mapping[str, object], environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of a project; `options` are those given on the command line.

    Paths are those of the project, or else of the suite.

    Raises UsageError, which calls a setting as it was given: `--wait`, `MASUK_WAIT`, or by file and key.
    """
    _demand_known(environment)
    content = read_toml(project.file) if project.file.exists() else {}
    named: dict[str, str] = {}
    for key in Settings.model_fields:
        for name, value in ((variable_of(key), environment.get(variable_of(key))), (flag_of(key), options.get(key))):
            if value:
                content[key] = value
                named[key] = name
    settings = validate(Settings, content, PROJECT_FILE, named)
    given = {key: path for key in FILES if (path := getattr(settings, key)) is not None}
    settings = settings.model_copy(update={key: project.find(path) for key, path in given.items()})

    def name_of(key: str) -> str:
        return named.get(key, f"{PROJECT_FILE}: {key}")

    if (settings.backend is None) != (settings.accounts is None):
        present, absent = ("backend", "accounts") if settings.accounts is None else ("accounts", "backend")
        raise UsageError(
            f"{name_of(present)}: backend and accounts belong together, and {absent} is missing. Add {flag_of(absent)}."
        )
    others = ["device"] * (settings.device != HANDSET) + ["capabilities"] * (settings.capabilities is not None)
    if settings.avd is not None and others:
        rest = " and ".join(name_of(key) for key in others)
        raise UsageError(f"{name_of('avd')}: starts a device of its own. Leave it out, or {rest}.")
    if settings.intercept is not None:
        if settings.backend is None:
            raise UsageError(
                f"{name_of('intercept')}: is for a backend that is not ours. Add {flag_of('backend')}, or leave it out."
            )
        demand_authority(settings.intercept)
    return settings


def variable_of(key: str) -> str:
    """The environment variable of a setting."""
    return f"{PREFIX}{key.upper()}"


def _demand_known(environment: Mapping[str, str]) -> None:
    """Raise UsageError for a variable that looks like one of ours and is none: nothing would come of it."""
    known = {*(variable_of(key) for key in Settings.model_fields), *PLACES}
    for name in sorted(name for name in environment if name.startswith(PREFIX) and environment[name]):
        if name not in known:
            from difflib import get_close_matches

            near = get_close_matches(name.removeprefix(PREFIX), [one.removeprefix(PREFIX) for one in known], n=1)
            meant = f"did you mean {PREFIX}{near[0]}?" if near else f"there are {', '.join(sorted(known))}."
            raise UsageError(f"{name}: there is no such variable; {meant} Correct it, or unset it.")
