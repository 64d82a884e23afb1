"""The package manager: what is installed, how it is upgraded and removed, and its permissions. Kept over restarts."""

import asyncio
import shutil
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

from apk_tools.manifest import ActivityFacts
from handset.base.errors import InstallFailure
from handset.base.home import Home
from handset.base.permissions import granted_at_install
from handset.packages.apk import ApkFacts
from handset.packages.dex import AppCode
from handset.packages.facts_cache import cached_facts
from handset.packages.install_options import InstallOptions
from handset.packages.install_rules import check_install
from handset.packages.package import Package
from handset.packages.package_json import package_from_json, package_to_json
from handset.packages.system_packages import SYSTEM_PACKAGES
from handset.state.files import DeviceFiles
from handset.state.settings_store import API_LEVEL, RELEASE, Store

FIRST_APP_UID = 10100

Translate = Callable[[Path], Awaitable[AppCode]]
Stop = Callable[[str], Awaitable[None]]


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
        facts = await asyncio.to_thread(cached_facts, apk, self._home)
        known = self._packages.get(facts.package)
        if known is None or known.facts.sha256 != facts.sha256:
            uid = known.uid if known else self._next_uid()
            self._packages[facts.package] = Package(facts, uid, system=True, granted=set(facts.permissions))
            await asyncio.to_thread(self._keep_apk, apk, facts.package)
            self._save()

    async def install(self, apk: Path, options: InstallOptions) -> Package:
        """Install or upgrade from a file of the host; an upgrade keeps data. Raises InstallFailure."""
        async with self._installing:
            facts = await asyncio.to_thread(cached_facts, apk, self._home)
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
