"""What the manifest of an APK says, as aapt2 prints it: `dump badging` and `dump xmltree`."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

MAIN = "android.intent.action.MAIN"
LAUNCHER = "android.intent.category.LAUNCHER"

Dump = Callable[[Sequence[str]], str]
"""Runs `aapt2 dump` with these arguments and returns what it printed."""


class ManifestError(ValueError):
    """A manifest names no package."""


@dataclass
class IntentFilter:
    """What an activity answers to: intent actions, categories and URI schemes with their hosts (`*` for any)."""

    actions: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    schemes: list[str] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)


@dataclass
class ActivityFacts:
    """An activity of the manifest; `name` is the full class name, `target` the class that an alias stands for."""

    name: str
    target: str | None = None
    filters: list[IntentFilter] = field(default_factory=list)
    declared_exported: bool | None = None

    @property
    def exported(self) -> bool:
        """Whether other apps may start it; one that says nothing is open if it has an intent filter."""
        return bool(self.filters) if self.declared_exported is None else self.declared_exported


@dataclass
class ManifestFacts:
    """What a device and its tools need to know of a manifest. `launcher` is the activity that a launcher opens."""

    package: str
    version_code: int
    version_name: str
    target_sdk: int
    min_sdk: int
    label: str = ""
    launcher: str | None = None
    permissions: list[str] = field(default_factory=list)
    activities: list[ActivityFacts] = field(default_factory=list)
    debuggable: bool = False
    test_only: bool = False


def read_manifest(apk: Path, dump: Dump) -> ManifestFacts:
    """The facts about an APK. Raises ManifestError, and whatever `dump` raises."""
    facts = parse_badging(dump(["badging", str(apk)]))
    tree = dump(["xmltree", "--file", "AndroidManifest.xml", str(apk)])
    facts.activities = parse_activities(tree, facts.package)
    return facts


def parse_badging(text: str) -> ManifestFacts:
    """The facts in the output of `aapt2 dump badging`, without activities. Raises ManifestError."""
    head = re.search(r"^package: name='([^']+)' versionCode='([^']*)' versionName='([^']*)'", text, re.MULTILINE)
    if head is None:
        raise ManifestError("the manifest names no package")
    launcher = re.search(r"^launchable-activity: name='([^']+)'", text, re.MULTILINE)
    label = re.search(r"^application-label:'(.*)'$", text, re.MULTILINE)
    return ManifestFacts(
        package=head[1],
        version_code=int(head[2] or 0),
        version_name=head[3] or "null",
        target_sdk=_number(r"targetSdkVersion:'(\d+)'", text, default=1),
        min_sdk=_number(r"(?:minSdkVersion|sdkVersion):'(\d+)'", text, default=1),
        label=label[1] if label else "",
        launcher=launcher[1] if launcher else None,
        permissions=list(dict.fromkeys(re.findall(r"uses-permission(?:-sdk-23)?: name='([^']*)'", text))),
        debuggable=re.search(r"^application-debuggable$", text, re.MULTILINE) is not None,
        test_only="testOnly='-1'" in text,
    )


def parse_activities(xmltree: str, package: str) -> list[ActivityFacts]:
    """The activities and aliases in the output of `aapt2 dump xmltree`."""
    activities: list[ActivityFacts] = []
    element = ""
    for line in xmltree.splitlines():
        text = line.strip()
        if text.startswith("E: "):
            element = text[3:].split(" ", 1)[0]
            _open_element(element, activities)
        elif text.startswith("A: "):
            attribute, value = _attribute(text)
            _set_attribute(activities, package, element, attribute, value)
    return activities


def full_class(package: str, name: str) -> str:
    """`.Login` and `Login` written out as a class of `package`; a full name stays."""
    if name.startswith("."):
        return package + name
    return name if "." in name else f"{package}.{name}"


def _number(pattern: str, text: str, default: int) -> int:
    found = re.search(pattern, text)
    return int(found[1]) if found else default


def _open_element(element: str, activities: list[ActivityFacts]) -> None:
    if element in {"activity", "activity-alias"}:
        activities.append(ActivityFacts(""))
    elif element == "intent-filter" and activities:
        activities[-1].filters.append(IntentFilter())


def _attribute(text: str) -> tuple[str, str]:
    name = re.match(r"A: (?:.*:)?(\w+)(?:\(0x[0-9a-f]+\))?=", text)
    value = re.search(r'="((?:[^"\\]|\\.)*)"', text) or re.search(r"=(true|false)$", text)
    return (name[1] if name else "", value[1] if value else "")


def _set_attribute(activities: list[ActivityFacts], package: str, element: str, attribute: str, value: str) -> None:
    if not activities:
        return
    activity = activities[-1]
    if element in {"activity", "activity-alias"} and attribute == "name":
        activity.name = full_class(package, value)
    elif element == "activity-alias" and attribute == "targetActivity":
        activity.target = full_class(package, value)
    elif element in {"activity", "activity-alias"} and attribute == "exported":
        activity.declared_exported = value == "true"
    elif activity.filters:
        _set_filter_attribute(activity.filters[-1], element, attribute, value)


def _set_filter_attribute(intent_filter: IntentFilter, element: str, attribute: str, value: str) -> None:
    lists = {
        ("action", "name"): intent_filter.actions,
        ("category", "name"): intent_filter.categories,
        ("data", "scheme"): intent_filter.schemes,
        ("data", "host"): intent_filter.hosts,
    }
    if (element, attribute) in lists:
        lists[element, attribute].append(value)
