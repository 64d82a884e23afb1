"""What the manifest of an APK says about an app that has no profile yet."""

import re
from dataclasses import dataclass
from pathlib import Path

from masuk.base.errors import UsageError
from masuk.config.profile import is_apk
from masuk.toolchain.apk_manifest import dump
from masuk.toolchain.installer import Toolchain


@dataclass(frozen=True)
class Manifest:
    """An app by its APK. `activity` is what the launcher opens, written short where it is in the app's package."""

    label: str
    package: str
    activity: str
    debuggable: bool


def read_manifest(apk: Path, toolchain: Toolchain) -> Manifest:
    """Read an APK with aapt2. Raises UsageError for what is no APK, or none that a launcher shows."""
    if not apk.exists():
        raise UsageError(f"{apk}: no such file. Name the APK of the app.")
    if not is_apk(apk):
        raise UsageError(f"{apk}: is no APK. Name the built file, not the project or a bundle.")
    return parse(dump(apk, toolchain, "badging"), str(apk))


def parse(badging: str, source: str) -> Manifest:
    """The facts in what `aapt2 dump badging` says of the APK that `source` names."""
    package = re.search(r"^package: name='([^']+)'", badging, re.MULTILINE)
    launcher = re.search(r"^launchable-activity: name='([^']+)'", badging, re.MULTILINE)
    label = re.search(r"^application-label:'(.*)'$", badging, re.MULTILINE)
    if package is None or launcher is None:
        raise UsageError(f"{source}: has no activity that a launcher shows, so nobody can open it. Name another APK.")
    activity = launcher[1].removeprefix(package[1]) if launcher[1].startswith(f"{package[1]}.") else launcher[1]
    debuggable = re.search(r"^application-debuggable$", badging, re.MULTILINE) is not None
    return Manifest(label[1] if label and label[1] else package[1], package[1], activity, debuggable)
