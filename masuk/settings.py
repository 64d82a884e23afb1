"""What to run on what: one validated object from masuk.toml, the environment and options.

An option wins over an environment variable, which wins over the file. The variables are called as the settings are, in
capitals after MASUK_: MASUK_DEVICE, MASUK_APPIUM_URL and so on.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import Field

from masuk.capabilities import Offer, offers_of
from masuk.capabilities import load as read_capabilities
from masuk.errors import UsageError
from masuk.intercept.authority import demand_authority
from masuk.validation import Document, read_toml, validate

FILE_NAME = "masuk.toml"
HANDSET = "handset"


class Settings(Document):
    """What a run needs to know. Times are in seconds."""

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
    """Where the folder docs is published; reports link to the checks there. None means the checkout's own files."""
    wait: float = Field(default=10, gt=0, le=300)
    """How long a screen may take to show what a step expects."""

    @property
    def serials(self) -> list[str]:
        """The devices that are named; none means a handset that is started for the run."""
        return [] if self.device == HANDSET else [serial for serial in self.device.split(",") if serial]

    def offers(self, folder: Path) -> tuple[Offer, ...]:
        """What workers may take, by the names here and by the capability file, which is looked for in `folder`.

        At least one; without a serial it is the only one. Raises UsageError.
        """
        path = folder / self.capabilities if self.capabilities is not None else None
        return offers_of(self.serials, read_capabilities(path) if path is not None else None, path)


def load(folder: Path, options: Mapping[str, str | None], environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of the project in `folder`; `options` are those given on the command line."""
    path = folder / FILE_NAME
    content = read_toml(path) if path.exists() else {}
    sources = [FILE_NAME] if content else []
    for key in Settings.model_fields:
        for source, value in (
            ("the environment", environment.get(f"MASUK_{key.upper()}")),
            ("the command line", options.get(key)),
        ):
            if value:
                content[key] = value
                sources.append(source)
    source = " and ".join(dict.fromkeys(sources))
    settings = validate(Settings, content, source)
    if (settings.backend is None) != (settings.accounts is None):
        absent = "accounts" if settings.accounts is None else "backend"
        raise UsageError(f"{source}: backend and accounts belong together, and {absent} is missing. Add --{absent}.")
    if settings.avd is not None and (settings.device != HANDSET or settings.capabilities is not None):
        raise UsageError(f"{source}: avd starts a device of its own. Leave it out, or device and capabilities.")
    if settings.intercept is not None:
        if settings.backend is None:
            raise UsageError(f"{source}: intercept is for a backend that is not ours. Add --backend, or leave it out.")
        demand_authority(folder / settings.intercept)
    return settings
