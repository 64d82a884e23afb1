"""The package manager: what is installed, installs, upgrades, uninstalls, permissions. Kept over restarts."""

import asyncio
import dataclasses
import json
import shutil
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from apk_tools.manifest import ActivityFacts, IntentFilter
from handset.base.errors import InstallFailure
from handset.base.home import Home
from handset.base.permissions import granted_at_install
from handset.packages.apk import ApkFacts, digest, read_apk
from handset.packages.dex import AppCode
from handset.state.files import DeviceFiles
from handset.state.settings_store import API_LEVEL, RELEASE, Store

FACTS_FORMAT = 3
"""Stands in the names of files that cache facts; to be raised when other facts are found out about an APK."""
FIRST_APP_UID = 10100
LAUNCHER_PACKAGE = "com.android.launcher3"
SYSTEM_PACKAGES = {
    "android": None,
    "com.android.inputmethod.latin": None,
    "com.android.settings": "com.android.settings.Settings",
    "com.android.shell": None,
    "com.android.systemui": None,
    LAUNCHER_PACKAGE: "com.android.launcher3.uioverrides.QuickstepLauncher",
}

Translate = Callable[[Path], Awaitable[AppCode]]
Stop = Callable[[str], Awaitable[None]]


@dataclass(frozen=True)
class InstallOptions:
    """The switches of `pm install`: -d, -g, -t, and -R for an install that must not replace."""

    allow_downgrade: bool = False
    grant_all: bool = False
    allow_test: bool = False
    replace: bool = True


@dataclass
class InstallSession:
    """An install in parts: options, and the APKs received so far."""

    options: InstallOptions
    parts: list[Path] = field(default_factory=list)


@dataclass
class Package:
    """An installed package."""

    facts: ApkFacts
    uid: int
    system: bool = False
    granted: set[str] = field(default_factory=set)
    installed_at: float = 0.0
    updated_at: float = 0.0
    stopped: bool = True

    @property
    def name(self) -> str:
        """The package's name."""
        return self.facts.package

    @property
    def user_name(self) -> str:
        """The uid as Android writes it in process lists, such as u0a123."""
        return f"u0a{self.uid - 10000}" if self.uid >= 10000 else "system"

    @property
    def device_path(self) -> str:
        """Where the APK is on the device."""
        return f"/data/app/{self.name}/base.apk"

    @property
    def runs(self) -> bool:
        """Whether its activities run in a process of their own; the system's are only pretended."""
        return not self.system

    def activity(self, name: str) -> ActivityFacts | None:
        """The declared activity of this full class name."""
        return next((activity for activity in self.facts.activities if activity.name == name), None)


class Packages:
    """The registry. `translate` turns an APK into a jar of classes, `stop` ends a package's processes."""

    def __init__(self, store: Store, files: DeviceFiles, home: Home, translate: Translate, stop: Stop) -> None:
        self._store = store
        self._files = files
        self._home = home
        self._translate = translate
        self._stop = stop
        self._installing = asyncio.Lock()
        self._packages: dict[str, Package] = {}
        self._load()

    def __iter__(self) -> Iterator[Package]:
        return iter(sorted(self._packages.values(), key=lambda package: package.name))

    def get(self, name: str) -> Package | None:
        """The installed package of this name."""
        return self._packages.get(name)

    def uid(self, name: str) -> int:
        """A package's uid, 1000 (system) for one that is not installed."""
        package = self._packages.get(name)
        return package.uid if package else 1000

    async def preinstall(self, apk: Path) -> None:
        """Add a helper APK as a system package that never gets a process of its own."""
        facts = await asyncio.to_thread(self._facts, apk)
        known = self._packages.get(facts.package)
        if known is None or known.facts.sha256 != facts.sha256:
            uid = known.uid if known else self._next_uid()
            self._packages[facts.package] = Package(facts, uid, system=True, granted=set(facts.permissions))
            await asyncio.to_thread(self._keep_apk, apk, facts.package)
            self._save()

    async def install(self, apk: Path, options: InstallOptions) -> Package:
        """Install or upgrade from a file of the host; an upgrade keeps data. Raises InstallFailure."""
        async with self._installing:
            facts = await asyncio.to_thread(self._facts, apk)
            old = self._packages.get(facts.package)
            check_install(facts, old, options)
            self._check_space(apk, facts.package)
            pretended = old is not None and old.system
            if not pretended:
                await self._translate(apk)
            await self._stop(facts.package)
            await asyncio.to_thread(self._keep_apk, apk, facts.package)
            package = self._registered(facts, old, options)
            self._save()
            return package

    async def uninstall(self, name: str, *, keep_data: bool = False) -> bool:
        """Remove a package; False when it is not installed or belongs to the system."""
        package = self._packages.get(name)
        if package is None or (package.system and not name.startswith("io.appium.")):
            return False
        await self._stop(name)
        del self._packages[name]
        self._save()
        self._files.remove(f"/data/app/{name}")
        if not keep_data:
            self._files.remove(f"/data/data/{name}")
        return True

    async def clear(self, name: str, *, cache_only: bool = False) -> bool:
        """Stop a package and delete its data and granted permissions; False when it is not installed."""
        package = self._packages.get(name)
        if package is None:
            return False
        if cache_only:
            self._files.remove(f"/data/data/{name}/cache")
            self._files.remove(f"/data/data/{name}/code_cache")
            return True
        await self._stop(name)
        self._files.remove(f"/data/data/{name}")
        package.granted = granted_at_install(package.facts.permissions, package.facts.target_sdk)
        package.stopped = True
        self._save()
        return True

    def set_permission(self, package: Package, permission: str, granted: bool) -> None:
        """Grant or revoke. ValueError for a permission that the package does not request."""
        if permission not in package.facts.permissions:
            raise ValueError(f"Package {package.name} has not requested permission {permission}")
        if granted:
            package.granted.add(permission)
        else:
            package.granted.discard(permission)
        self._save()

    async def code(self, package: Package) -> AppCode:
        """The package's translated code; it is translated anew when the cache was emptied."""
        return await self._translate(self.apk(package))

    def apk(self, package: Package) -> Path:
        """The installed APK as a file of the host."""
        return self._files.host(package.device_path)

    def _facts(self, apk: Path) -> ApkFacts:
        sha = digest(apk)
        cached = self._home.badging_cache / f"{sha}.{FACTS_FORMAT}.json"
        if cached.exists():
            return facts_from_json(json.loads(cached.read_text(encoding="utf-8")))
        facts = read_apk(apk, self._home.aapt2)
        fresh = cached.with_suffix(f".{id(facts)}")
        fresh.write_text(json.dumps(dataclasses.asdict(facts)), encoding="utf-8")
        fresh.replace(cached)
        return facts

    def _registered(self, facts: ApkFacts, old: Package | None, options: InstallOptions) -> Package:
        now = time.time()
        granted = granted_at_install(facts.permissions, facts.target_sdk)
        if old:
            granted |= old.granted & set(facts.permissions)
        if options.grant_all:
            granted |= set(facts.permissions)
        package = Package(
            facts,
            old.uid if old else self._next_uid(),
            system=old is not None and old.system,
            granted=granted,
            installed_at=old.installed_at if old else now,
            updated_at=now,
        )
        self._packages[facts.package] = package
        return package

    def _next_uid(self) -> int:
        return max([FIRST_APP_UID - 1, *(package.uid for package in self._packages.values())]) + 1

    def _check_space(self, apk: Path, name: str) -> None:
        size = apk.stat().st_size
        if self._files.partition.room(self._files.host(f"/data/app/{name}/base.apk"), 0, size) < size:
            raise InstallFailure("INSTALL_FAILED_INSUFFICIENT_STORAGE", "")

    def _keep_apk(self, apk: Path, name: str) -> None:
        target = self._files.host(f"/data/app/{name}/base.apk")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(apk, target)

    def _load(self) -> None:
        for name, launcher in SYSTEM_PACKAGES.items():
            activities = [ActivityFacts(launcher)] if launcher else []
            facts = ApkFacts(name, API_LEVEL, RELEASE, API_LEVEL, API_LEVEL, "", launcher, activities=activities)
            self._packages[name] = Package(facts, 1000, system=True, stopped=False)
        for document in self._store.section("packages", []):
            package = package_from_json(document)
            self._packages[package.name] = package

    def _save(self) -> None:
        kept = [package_to_json(package) for package in self if package.name not in SYSTEM_PACKAGES]
        self._store.section("packages", [])[:] = kept
        self._store.save()


def check_install(facts: ApkFacts, old: Package | None, options: InstallOptions) -> None:
    """Raise the InstallFailure that Android would answer with, if any."""
    name = facts.package
    pretended = old is not None and old.system
    if (facts.native_framework or not facts.has_code) and not pretended:
        code = f"its code is native ({facts.native_framework})" if facts.native_framework else "it has no dex code"
        raise InstallFailure(
            "INSTALL_FAILED_NO_MATCHING_ABIS",
            f"{name}: {code}; handset runs apps written in Java or Kotlin; use an emulator",
        )
    if facts.min_sdk > API_LEVEL:
        raise InstallFailure(
            "INSTALL_FAILED_OLDER_SDK", f"{name} requires newer sdk version #{facts.min_sdk} (current is #{API_LEVEL})"
        )
    if facts.test_only and not options.allow_test:
        raise InstallFailure("INSTALL_FAILED_TEST_ONLY", f"{name} is testOnly: install it with -t")
    if old is not None:
        _check_upgrade(facts, old, options)


def _check_upgrade(facts: ApkFacts, old: Package, options: InstallOptions) -> None:
    name = facts.package
    if not options.replace:
        raise InstallFailure(
            "INSTALL_FAILED_ALREADY_EXISTS", f"Attempt to re-install {name} without first uninstalling."
        )
    if old.facts.certificate and facts.certificate and old.facts.certificate != facts.certificate:
        raise InstallFailure(
            "INSTALL_FAILED_UPDATE_INCOMPATIBLE",
            f"Existing package {name} signatures do not match newer version; ignoring!",
        )
    may_downgrade = options.allow_downgrade and old.facts.debuggable
    if facts.version_code < old.facts.version_code and not may_downgrade:
        raise InstallFailure(
            "INSTALL_FAILED_VERSION_DOWNGRADE",
            f"Downgrade detected: Update version code {facts.version_code} is older than current"
            f" {old.facts.version_code}",
        )


def facts_from_json(document: dict[str, Any]) -> ApkFacts:
    """The inverse of `dataclasses.asdict` for ApkFacts."""
    activities = [
        ActivityFacts(**{**activity, "filters": [IntentFilter(**filters) for filters in activity["filters"]]})
        for activity in document["activities"]
    ]
    return ApkFacts(**{**document, "activities": activities})


def package_to_json(package: Package) -> dict[str, Any]:
    """A package as JSON-ready values."""
    return {**dataclasses.asdict(package), "granted": sorted(package.granted)}


def package_from_json(document: dict[str, Any]) -> Package:
    """The inverse of `package_to_json`."""
    facts = facts_from_json(document["facts"])
    known = {field.name for field in dataclasses.fields(Package)}
    values = {name: value for name, value in document.items() if name in known}
    return Package(**{**values, "facts": facts, "granted": set(document["granted"])})
