"""Facts about an APK file: what its manifest declares, who signed it, whether its code is native."""

import hashlib
import re
import subprocess
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from handset.base import signing
from handset.base.errors import InstallFailure

AAPT2_TIMEOUT = 60
NATIVE_FRAMEWORKS = {
    "libflutter.so": "Flutter",
    "libreactnativejni.so": "React Native",
    "libreactnative.so": "React Native",
    "libhermes.so": "React Native",
    "libunity.so": "Unity",
    "libgodot_android.so": "Godot",
    "libmonodroid.so": ".NET",
}
MAIN = "android.intent.action.MAIN"
LAUNCHER = "android.intent.category.LAUNCHER"


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
class ApkFacts:
    """What the device needs to know about an APK. `certificate` is the signer's SHA-256 in hex, None when unsigned."""

    package: str
    version_code: int
    version_name: str
    target_sdk: int
    min_sdk: int
    sha256: str
    launcher: str | None = None
    permissions: list[str] = field(default_factory=list)
    activities: list[ActivityFacts] = field(default_factory=list)
    debuggable: bool = False
    test_only: bool = False
    certificate: str | None = None
    native_framework: str | None = None
    has_code: bool = True


def digest(apk: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with apk.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_apk(apk: Path, aapt2: Path) -> ApkFacts:
    """The facts about `apk`. Raises InstallFailure INSTALL_PARSE_FAILED_NOT_APK for what is no APK."""
    try:
        with zipfile.ZipFile(apk) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError) as error:
        raise InstallFailure("INSTALL_PARSE_FAILED_NOT_APK", f"Failed to parse {apk.name}: {error}") from error
    if "AndroidManifest.xml" not in names:
        raise InstallFailure("INSTALL_PARSE_FAILED_NOT_APK", f"{apk.name} holds no AndroidManifest.xml")
    facts = _parse_badging(_aapt2(aapt2, "badging", str(apk)))
    facts.activities = parse_activities(
        _aapt2(aapt2, "xmltree", "--file", "AndroidManifest.xml", str(apk)), facts.package
    )
    facts.sha256 = digest(apk)
    facts.certificate = signing.certificate_digest(apk)
    facts.native_framework = native_framework(names)
    facts.has_code = any(name.endswith(".dex") for name in names)
    return facts


def native_framework(names: list[str]) -> str | None:
    """The framework whose native library is among the names of an APK's entries, or None."""
    libraries = {name.rpartition("/")[2] for name in names if name.startswith("lib/")}
    return next((NATIVE_FRAMEWORKS[library] for library in sorted(libraries) if library in NATIVE_FRAMEWORKS), None)


def full_class(package: str, name: str) -> str:
    """`.Login` and `Login` written out as a class of `package`; a full name stays."""
    if name.startswith("."):
        return package + name
    return name if "." in name else f"{package}.{name}"


def _aapt2(aapt2: Path, *arguments: str) -> str:
    done = subprocess.run(
        [str(aapt2), "dump", *arguments], capture_output=True, text=True, timeout=AAPT2_TIMEOUT, check=False
    )
    if done.returncode and "package: name=" not in done.stdout:
        reason = done.stderr.strip().splitlines()[-1:] or [f"aapt2 ended with {done.returncode}"]
        raise InstallFailure("INSTALL_PARSE_FAILED_BAD_MANIFEST", reason[0])
    return done.stdout


def _parse_badging(text: str) -> ApkFacts:
    head = re.search(r"package: name='([^']*)' versionCode='([^']*)' versionName='([^']*)'", text)
    if head is None:
        raise InstallFailure("INSTALL_PARSE_FAILED_MANIFEST_MALFORMED", "The manifest names no package")
    launcher = re.search(r"launchable-activity: name='([^']*)'", text)
    return ApkFacts(
        package=head[1],
        version_code=int(head[2] or 0),
        version_name=head[3] or "null",
        target_sdk=_number(r"targetSdkVersion:'(\d+)'", text, default=1),
        min_sdk=_number(r"(?:minSdkVersion|sdkVersion):'(\d+)'", text, default=1),
        sha256="",
        launcher=launcher[1] if launcher else None,
        permissions=list(dict.fromkeys(re.findall(r"uses-permission(?:-sdk-23)?: name='([^']*)'", text))),
        debuggable="application-debuggable" in text,
        test_only="testOnly='-1'" in text,
    )


def _number(pattern: str, text: str, default: int) -> int:
    found = re.search(pattern, text)
    return int(found[1]) if found else default


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
