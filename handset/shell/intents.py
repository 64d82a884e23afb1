"""Reads the intent arguments of `am` and finds the activity they mean."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from apk_tools.manifest import LAUNCHER, MAIN, IntentFilter, full_class
from handset.packages.package import Package
from handset.packages.package_manager import Packages
from handset.processes.app_records import StartRequest
from handset.shell.numbers import prefixed
from handset.shell.registry import UsageError

FLAG_WORDS = {"-W", "-S", "-D", "-N", "-R"}
TEXT_EXTRAS = {"-e", "--es", "--ez", "--ei", "--el", "--ef", "--ed", "--eu", "--ecn"}
ONE_VALUE = {"-a", "-d", "-t", "-c", "-n", "-p", "-f", "-i", "--user", "--display", "--windowingMode", "-P"}


@dataclass
class Intent:
    """An intent as written on a command line."""

    action: str | None = None
    data: str | None = None
    categories: list[str] = field(default_factory=list)
    component: str | None = None
    package: str | None = None
    flags: int = 0
    extras: dict[str, str] = field(default_factory=dict)
    switches: set[str] = field(default_factory=set)

    def __str__(self) -> str:
        """The intent as `am` echoes it, extras hidden."""
        parts = [f"act={self.action}" if self.action else "", f"dat={self.data}" if self.data else ""]
        parts += [f"cat=[{','.join(self.categories)}]" if self.categories else ""]
        parts += [f"flg=0x{self.flags:x}" if self.flags else "", f"cmp={self.component}" if self.component else ""]
        parts += ["(has extras)" if self.extras else ""]
        return f"Intent {{ {' '.join(part for part in parts if part)} }}"


def parse_intent(arguments: list[str]) -> Intent:
    """Read intent arguments. UsageError for an option that is unknown or lacks its value."""
    intent = Intent()
    words = list(arguments)
    while words:
        word = words.pop(0)
        if word in FLAG_WORDS:
            intent.switches.add(word)
        elif word in TEXT_EXTRAS:
            name, value = _take(words, word), _take(words, word)
            intent.extras[name] = value
        elif word in ONE_VALUE:
            _set(intent, word, _take(words, word))
        elif word.startswith("--") and word.removeprefix("--").replace("-", "_").upper() in {
            "GRANT_READ_URI_PERMISSION"
        }:
            intent.switches.add(word)
        elif word.startswith("-"):
            raise UsageError(f"Error: Unknown option: {word}")
        elif "://" in word or ":" in word:
            intent.data = word
        elif "/" in word:
            intent.component = word
        else:
            intent.package = word
    return intent


def _take(words: list[str], option: str) -> str:
    if not words:
        raise UsageError(f"Error: Argument expected after {option!r}")
    return words.pop(0)


def _set(intent: Intent, option: str, value: str) -> None:
    match option:
        case "-a":
            intent.action = value
        case "-d":
            intent.data = value
        case "-c":
            intent.categories.append(value)
        case "-n":
            intent.component = value
        case "-p":
            intent.package = value
        case "-f":
            intent.flags = prefixed(value, "Error")


def split_component(component: str) -> tuple[str, str]:
    """`pkg/.Activity` as the package and the full class name."""
    package, _, name = component.partition("/")
    return package, full_class(package, name)


def resolve(intent: Intent, packages: Packages) -> StartRequest | None:
    """The start that an intent asks for; None when no installed activity answers to it."""
    if intent.component:
        name, activity = split_component(intent.component)
        package = packages.get(name)
        declared = package.activity(activity) if package else None
        if package is None or (declared is None and package.facts.activities and package.runs):
            return None
        return _request(intent, package, declared.target or activity if declared else activity)
    for package in packages:
        if intent.package not in {None, package.name}:
            continue
        activity_or_none = _implicit(intent, package)
        if activity_or_none is not None:
            return _request(intent, package, activity_or_none)
    return None


def _implicit(intent: Intent, package: Package) -> str | None:
    wants_launcher = intent.data is None and (intent.action in {None, MAIN})
    if wants_launcher:
        may_start = intent.package == package.name and (not intent.categories or LAUNCHER in intent.categories)
        return package.facts.launcher if may_start else None
    for activity in package.facts.activities:
        if any(_answers(candidate, intent) for candidate in activity.filters):
            return activity.target or activity.name
    return None


def _answers(candidate: IntentFilter, intent: Intent) -> bool:
    if (intent.action or "android.intent.action.VIEW") not in candidate.actions:
        return False
    if intent.data is None:
        return not candidate.schemes
    address = urlsplit(intent.data)
    if address.scheme not in candidate.schemes:
        return False
    return not candidate.hosts or "*" in candidate.hosts or address.hostname in candidate.hosts


def _request(intent: Intent, package: Package, activity: str) -> StartRequest:
    return StartRequest(package, activity, intent.action or MAIN, intent.extras, intent.data, intent.flags)
