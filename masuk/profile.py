"""The app under test: its builds, how it is launched, and where its screens keep what the scenarios speak of."""

import re
import zipfile
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field

from masuk.errors import UsageError
from masuk.validation import Document, read_toml, validate

MANIFEST = "AndroidManifest.xml"
STRATEGIES = {
    "id": "id",
    "description": "accessibility id",
    "class": "class name",
    "xpath": "xpath",
    "uiautomator": "-android uiautomator",
}


class Locator(Document):
    """Where an element is: a strategy of Appium's and its value."""

    strategy: str
    value: str

    def __str__(self) -> str:
        return f"{self.strategy} {self.value!r}"


def _locator(text: object) -> object:
    if isinstance(text, Locator):
        return text
    if not isinstance(text, str) or "=" not in text:
        raise ValueError(f'a locator is a text such as "id=submit", with one of {", ".join(STRATEGIES)} before the "="')
    strategy, _, value = text.partition("=")
    if strategy not in STRATEGIES or not value:
        raise ValueError(f'"{strategy}" is no kind of locator; use one of {", ".join(STRATEGIES)}')
    return Locator(strategy=STRATEGIES[strategy], value=value)


def _pattern(text: object) -> object:
    if not isinstance(text, str):
        raise ValueError("a text is matched by a regular expression in quotes")  # noqa: TRY004 - pydantic wants this
    try:
        return re.compile(text, re.IGNORECASE | re.DOTALL)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from error


Where = Annotated[Locator, BeforeValidator(_locator)]
Meaning = Annotated[re.Pattern[str], BeforeValidator(_pattern)]


class App(Document):
    """The builds of the app. Paths are relative to the profile's folder, or to the checkout with a leading `//`."""

    name: str
    package: str = Field(pattern=r"^[A-Za-z_][\w]*(\.[A-Za-z_][\w]*)+$")
    activity: str
    apk: Path
    previous_apk: Path | None = None
    inner_activities: list[str] = Field(default_factory=list)
    """Activities behind the login, which no other app may open."""
    extras: dict[str, str] = Field(default_factory=dict)
    """String extras of the launching intent; `{backend}` stands for the backend's address."""


class LoginScreen(Document):
    """The login screen."""

    identifier: Where
    password: Where
    submit: Where
    message: Where
    busy: Where | None = None
    cancel: Where | None = None
    reveal: Where | None = None
    forgot_password: Where | None = None
    help: Where | None = None
    update_offer: Where | None = None


class ForgotScreen(Document):
    """Where a member asks for a new password."""

    identifier: Where
    submit: Where
    message: Where


class HomeScreen(Document):
    """What a logged-in member sees."""

    member_name: Where
    note: Where | None = None
    refresh: Where | None = None
    logout: Where | None = None


class BlockedScreen(Document):
    """What a blocked member sees."""

    reason: Where
    remedy: Where
    forgot_password: Where
    help: Where
    back: Where | None = None


class UpdateScreen(Document):
    """What the user of a version that is too old sees."""

    message: Where


class Screens(Document):
    """The screens that scenarios know."""

    login: LoginScreen
    home: HomeScreen
    blocked: BlockedScreen
    update: UpdateScreen
    forgot: ForgotScreen | None = None


class Messages(Document):
    """What the login screen says, one meaning each. No message may have two of these meanings."""

    no_connection: Meaning
    wrong_data: Meaning
    accepted_identifiers: Meaning
    connection_lost: Meaning | None = None
    too_slow: Meaning | None = None
    service_trouble: Meaning | None = None
    insecure: Meaning | None = None
    wait: Meaning | None = None
    session_ended: Meaning | None = None
    session_elsewhere: Meaning | None = None
    extra_step: Meaning | None = None
    device_limit: Meaning | None = None
    out_of_date: Meaning | None = None


class Texts(Document):
    """What other screens say, by meaning: regular expressions, case ignored, found anywhere in the text."""

    blocked: Meaning
    visit_office: Meaning
    update: Meaning
    reset_accepted: Meaning | None = None
    stale_data: Meaning | None = None
    storage_full: Meaning | None = None
    storage_unusable: Meaning | None = None


class Storage(Document):
    """Files of the app's data folder that scenarios break; paths are relative to it."""

    preferences: str
    database: str
    key: str | None = None
    cache: str | None = None


class Profile(Document):
    """An app under test."""

    app: App
    screens: Screens
    messages: Messages
    texts: Texts
    storage: Storage

    def stored(self, what: str) -> str:
        """The path of a kind of storage. Raises UsageError when the profile names none."""
        path: str | None = getattr(self.storage, what, None)
        if path is None:
            raise UsageError(f"The profile names no {what}; add storage.{what} to break it.")
        return path


def load(path: Path, checkout: Path, apk: Path | None = None, previous: Path | None = None) -> Profile:
    """Read a profile, with other builds if they are given.

    Raises UsageError naming file, key and cure; APKs that are absent are named too.
    """
    profile = validate(Profile, read_toml(path), str(path))
    app = profile.app
    builds = {"apk": apk.absolute() if apk else _resolve(app.apk, path, checkout)}
    if previous is not None:
        builds["previous_apk"] = previous.absolute()
    elif app.previous_apk is not None:
        builds["previous_apk"] = _resolve(app.previous_apk, path, checkout)
    for key, build in builds.items():
        if not build.exists():
            raise UsageError(f"{path}: app.{key}: {build} does not exist. Build it (make setup), or correct the path.")
        if not _is_apk(build):
            raise UsageError(f"{path}: app.{key}: {build} is no APK: it holds no {MANIFEST}. Name the built file.")
    return profile.model_copy(update={"app": app.model_copy(update=builds)})


def _is_apk(path: Path) -> bool:
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return MANIFEST in archive.namelist()


def _resolve(apk: Path, profile: Path, checkout: Path) -> Path:
    text = str(apk)
    return checkout / text.lstrip("/") if text.startswith("//") else (profile.parent / apk).resolve()
