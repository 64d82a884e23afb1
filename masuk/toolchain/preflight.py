"""Whether builds are what their profile says: told before a run, in which each scenario would stumble over it."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from apk_tools.manifest import ManifestFacts
from masuk.base.errors import UsageError
from masuk.base.locations import Project
from masuk.config import profile as profiles
from masuk.config.profile import App, Profile
from masuk.config.settings import Settings
from masuk.toolchain.apk_manifest import read_manifest
from masuk.toolchain.tools import Toolchain

MOST_SHOWN = 5


@dataclass(frozen=True)
class Build:
    """An APK and what its manifest says."""

    apk: Path
    manifest: ManifestFacts

    @classmethod
    def read(cls, apk: Path, toolchain: Toolchain) -> "Build":
        """Read an APK. Raises UsageError when its manifest says nothing."""
        return cls(apk, read_manifest(apk, toolchain))


def profile_of(settings: Settings, project: Project, toolchain: Toolchain) -> Profile:
    """The profile that the settings name, with builds that fit it. Raises UsageError naming file, key and cure."""
    path = settings.profile
    profile = profiles.load(path, project.root, toolchain.apps, settings.apk, settings.previous)
    app, previous = profile.app, profile.app.previous_apk
    build = Build.read(app.apk, toolchain)
    _demand_package(build, app, "--apk" if settings.apk is not None else f"{path}: app.apk")
    _demand_activity(build, app, app.activity, f"{path}: app.activity")
    for activity in app.inner_activities:
        _demand_activity(build, app, activity, f"{path}: app.inner_activities")
    if previous is not None:
        older = Build.read(previous, toolchain)
        where = "--previous" if settings.previous is not None else f"{path}: app.previous_apk"
        _demand_package(older, app, where)
        # A build that is tried may be older than the profile's previous one: nobody has chosen that pair.
        if settings.previous is not None or settings.apk is None:
            _demand_older(older, build, where)
    return profile


def doubt_about(app: App) -> str | None:
    """What speaks against testing the build of an app: a source that was changed since; None when nothing does."""
    built = app.apk.stat().st_mtime
    files = (file for source in app.sources for file in [source, *source.rglob("*")] if file.is_file())
    changed = next((file for file in files if file.stat().st_mtime > built), None)
    if changed is None:
        return None
    return (
        f"{changed} was changed after {app.apk.name} was built, which is tested as it is."
        " Build it again; an app that comes along by: masuk setup"
    )


def _demand_package(build: Build, app: App, where: str) -> None:
    if build.manifest.package != app.package:
        raise UsageError(
            f"{where}: {build.apk} is a build of {build.manifest.package}, and the profile's app.package is"
            f" {app.package}. Name a build of that, or the other app's profile."
        )


def _demand_activity(build: Build, app: App, activity: str, where: str) -> None:
    wanted = f"{app.package}{activity}" if activity.startswith(".") else activity
    declared = {declared.name for declared in build.manifest.activities}
    if wanted not in declared:
        near = get_close_matches(wanted, sorted(declared), n=MOST_SHOWN, cutoff=0)
        known = ", ".join(re.sub(rf"^{re.escape(app.package)}(?=\.)", "", name) for name in near) or "none"
        raise UsageError(f"{where}: {build.apk} has no activity {activity}; it has {known}. Write one of these.")


def _demand_older(older: Build, build: Build, where: str) -> None:
    if older.manifest.version_code >= build.manifest.version_code:
        raise UsageError(
            f"{where}: {older.apk} has version code {older.manifest.version_code}, and {build.apk} has"
            f" {build.manifest.version_code}."
            " An upgrade begins with a lower one. Name an older build."
        )
