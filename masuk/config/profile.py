"""The app under test: its builds, how it is launched, and where its screens keep what the scenarios speak of."""

import re
import zipfile
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field

from masuk.base.errors import NotServed, UsageError
from masuk.base.locations import INSTALLED_SUITE
from masuk.base.toml_model import Document, read_toml, validate

BUILT = "built:"
MANIFEST = "AndroidManifest.xml"
BACKEND = "backend"
"""What stands between braces for the backend's address."""
T = TypeVar("T")
STRATEGIES = {
    "id": "id",
    "description": "accessibility id",
    "class": "class name",
    "xpath": "xpath",
    "uiautomator": "-android uiautomator",
}
"""What profiles call a kind of locator, and what Appium calls it."""
KINDS = {strategy: kind for kind, strategy in STRATEGIES.items()}


class Locator(Document):
    """Where an element is: a strategy of Appium's and its value."""

    strategy: str
    value: str

    @classmethod
    def of(cls, kind: str, value: str) -> "Locator":
        """The locator that profiles write as KIND=VALUE."""
        return cls(strategy=STRATEGIES[kind], value=value)

    @property
    def notation(self) -> str:
        """As profiles write it: `id=submit`."""
        return f"{KINDS[self.strategy]}={self.value}"

    def __str__(self) -> str:
        return f"{self.strategy} {self.value!r}"


def _locator(text: object) -> object:
    if isinstance(text, Locator):
        return text
    if not isinstance(text, str) or "=" not in text:
        raise ValueError(f'a locator is a text such as "id=submit", with one of {", ".join(STRATEGIES)} before the "="')
    strategy, _, value = text.partition("=")
    if not value:
        raise ValueError(f'there is nothing after "{strategy}="')
    if strategy not in STRATEGIES:
        raise ValueError(f'"{strategy}" is no kind of locator; use one of {", ".join(STRATEGIES)}')
    return Locator.of(strategy, value)


def _pattern(text: object) -> object:
    if not isinstance(text, str):
        raise ValueError("a text is matched by a regular expression in quotes")  # noqa: TRY004 - pydantic wants this
    try:
        return re.compile(text, re.IGNORECASE | re.DOTALL)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from error


Where = Annotated[Locator, BeforeValidator(_locator)]
Meaning = Annotated[re.Pattern[str], BeforeValidator(_pattern)]


def _template(text: str) -> str:
    try:
        text.format(**{BACKEND: ""})
    except (LookupError, ValueError, AttributeError) as error:
        raise ValueError(
            f'"{text}": only {{{BACKEND}}} stands for something, a brace itself is written twice'
        ) from error
    return text


Template = Annotated[str, AfterValidator(_template)]


class App(Document):
    """The builds of the app. Paths are relative to the profile's folder, or to the project's with a leading `//`.

    `built:` names an app that set-up builds.
    """

    name: str
    package: str = Field(pattern=r"^[A-Za-z_][\w]*(\.[A-Za-z_][\w]*)+$", examples=["id.masuk.anggota"])
    activity: str
    apk: Path
    previous_apk: Path | None = None
    sources: list[Path] = Field(default_factory=list)
    """What the build is made of, files or folders, so that a run can say that it is out of date."""
    inner_activities: list[str] = Field(default_factory=list)
    """Activities behind the login, which no other app may open."""
    extras: dict[str, Template] = Field(default_factory=dict)
    """String extras of the launching intent; `{backend}` stands for the backend's address."""


class LoginScreen(Document):
    """The login screen, on one page or on two: one for the identifier and one for the password."""

    identifier: Where
    next: Where | None = None
    """Leads from the identifier's page to the password's; none means that both stand on one page."""
    change: Where | None = None
    """Leads back from there."""
    password: Where
    submit: Where
    message: Where
    dismiss: Where | None = None
    """Takes a message away that lies over the form, such as a dialog's button."""
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
    busy: Where | None = None
    refresh: Where | None = None
    logout: Where | None = None


class BlockedScreen(Document):
    """What a blocked member sees."""

    reason: Where
    remedy: Where
    forgot_password: Where | None = None
    help: Where | None = None
    back: Where | None = None


class UpdateScreen(Document):
    """What the user of a version that is too old sees."""

    message: Where
    update: Where | None = None
    """Leads to the newest version."""


class Screens(Document):
    """The screens that scenarios know. Those about a screen that an app lacks are skipped."""

    login: LoginScreen
    home: HomeScreen
    blocked: BlockedScreen | None = None
    update: UpdateScreen | None = None
    forgot: ForgotScreen | None = None


class Messages(Document):
    """What the login screen says, one meaning each. No message may have two of these meanings.

    The descriptions are the words of scenarios: `Then the app says that there is no connection`.
    """

    no_connection: Meaning | None = Field(default=None, description="there is no connection")
    wrong_data: Meaning | None = Field(default=None, description="her data is wrong")
    accepted_identifiers: Meaning | None = Field(default=None, description="only other numbers are accepted")
    connection_lost: Meaning | None = Field(default=None, description="the connection was lost")
    too_slow: Meaning | None = Field(default=None, description="no answer has come")
    service_trouble: Meaning | None = Field(default=None, description="the service is in trouble")
    insecure: Meaning | None = Field(default=None, description="the connection is not safe")
    wait: Meaning | None = Field(default=None, description="she has to wait")
    wait_over: Meaning | None = Field(default=None, description="she may try again")
    """Said when a wait is over, by an app that counts its seconds down."""
    session_ended: Meaning | None = Field(default=None, description="her session has ended")
    session_elsewhere: Meaning | None = Field(default=None, description="her account is used elsewhere")
    extra_step: Meaning | None = Field(default=None, description="an extra step is needed")
    device_limit: Meaning | None = Field(default=None, description="the device was used for too many members")
    out_of_date: Meaning | None = Field(default=None, description="the phone's date may be wrong")


class Texts(Document):
    """What other screens say, by meaning: regular expressions, case ignored, found anywhere in the text.

    Those with a description are said of the card: `Then her card says that the phone's storage is full`.
    """

    blocked: Meaning | None = None
    visit_office: Meaning | None = None
    update: Meaning | None = None
    reset_accepted: Meaning | None = None
    stale_data: Meaning | None = None
    storage_full: Meaning | None = Field(default=None, description="the phone's storage is full")
    storage_unusable: Meaning | None = Field(default=None, description="the app's data has to be cleared")


class Website(Document):
    """What the website of the same service says, by meaning."""

    blocked: Meaning
    visit_office: Meaning


class Storage(Document):
    """Files of the app's data folder that scenarios break; paths are relative to it."""

    preferences: str | None = None
    database: str | None = None
    key: str | None = None
    cache: str | None = None


class Profile(Document):
    """An app under test."""

    app: App
    screens: Screens
    messages: Messages = Messages()
    texts: Texts = Texts()
    website: Website | None = None
    storage: Storage = Storage()

    def stored(self, what: str) -> str:
        """The path of a kind of storage. Raises NotServed when the profile names none."""
        path: str | None = getattr(self.storage, what, None)
        return named(path, f"storage.{what}")


def sayings(part: type[Document]) -> dict[str, str]:
    """The keys of a part of the profile, by the words that scenarios have for them."""
    return {field.description: key for key, field in part.model_fields.items() if field.description}


def named(part: T | None, key: str) -> T:
    """A part of a profile that not every app has. Raises NotServed where there is none, which skips the scenario."""
    if part is None:
        raise NotServed(f"the profile has no {key}")
    return part


def load(path: Path, project: Path, built: Path, apk: Path | None = None, previous: Path | None = None) -> Profile:
    """Read a profile, with other builds if they are given.

    `project` is what a leading `//` in it means, and `built` is the folder of the builds that set-up has made.

    Raises UsageError naming file, key and cure; APKs that are absent are named too.
    """
    profile = validate(Profile, read_toml(path), str(path))
    app = profile.app
    builds = {"apk": apk.absolute() if apk else _resolve(app.apk, path, project, built)}
    if previous is not None:
        builds["previous_apk"] = previous.absolute()
    elif app.previous_apk is not None:
        builds["previous_apk"] = _resolve(app.previous_apk, path, project, built)
    by_option = {"apk": apk, "previous_apk": previous}
    for key, build in builds.items():
        where = f"{path}: app.{key}: " if by_option[key] is None else ""
        if not build.exists():
            cure = "Build it (masuk setup), or correct the path." if where else "Correct the path, or build it."
            raise UsageError(f"{where}{build} does not exist. {cure}")
        if not is_apk(build):
            raise UsageError(f"{where}{build} is no APK: it holds no {MANIFEST}. Name the built file.")
    # What an installation brings is as new as the installation, and not as its last change.
    changeable = apk is None and not path.is_relative_to(INSTALLED_SUITE)
    sources = [_resolve(source, path, project, built) for source in app.sources] if changeable else []
    return profile.model_copy(update={"app": app.model_copy(update={**builds, "sources": sources})})


def is_apk(path: Path) -> bool:
    """Whether a file is an APK: a zip file with a manifest."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return MANIFEST in archive.namelist()


def _resolve(apk: Path, profile: Path, project: Path, built: Path) -> Path:
    text = str(apk)
    if text.startswith(BUILT):
        return built / text.removeprefix(BUILT)
    return project / text.lstrip("/") if text.startswith("//") else (profile.parent / apk).resolve()
