"""What the manifest of an APK says about an app that has no profile yet."""

from dataclasses import dataclass
from pathlib import Path

from apk_tools.manifest import ManifestFacts
from masuk.base.errors import UsageError
from masuk.config.profile import is_apk
from masuk.toolchain.apk_manifest import read_manifest
from masuk.toolchain.tools import Toolchain


@dataclass(frozen=True)
class Manifest:
    """An app by its APK. `activity` is what the launcher opens, written short where it is in the app's package."""

    label: str
    package: str
    activity: str
    debuggable: bool

    @classmethod
    def read(cls, apk: Path, toolchain: Toolchain) -> "Manifest":
        """Read an APK. Raises UsageError for what is no APK, or none that a launcher shows."""
        if not apk.exists():
            raise UsageError(f"{apk}: no such file. Name the APK of the app.")
        if not is_apk(apk):
            raise UsageError(f"{apk}: is no APK. Name the built file, not the project or a bundle.")
        return cls.of(read_manifest(apk, toolchain), str(apk))

    @classmethod
    def of(cls, facts: ManifestFacts, source: str) -> "Manifest":
        """What is needed of the facts about the APK that `source` names. Raises UsageError without a launcher."""
        package, activity = facts.package, facts.launcher
        if activity is None:
            raise UsageError(
                f"{source}: has no activity that a launcher shows, so nobody can open it. Name another APK."
            )
        if activity.startswith(f"{package}."):
            activity = activity.removeprefix(package)
        return cls(facts.label or package, package, activity, facts.debuggable)
