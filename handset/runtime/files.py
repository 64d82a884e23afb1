"""Finds the files of the runtime: the products of the build in a home, and jars by their names."""

from dataclasses import dataclass
from pathlib import Path

from handset.base.errors import HandsetError
from handset.base.home import Home

NATIVE_JAR = "nativeruntime-dist-compat"


@dataclass(frozen=True)
class RuntimeFiles:
    """The products that are files of their own; a bake is a folder and has its own class."""

    home: Home

    @property
    def folder(self) -> Path:
        """The folder of all products."""
        return self.home.root / "handset"

    @property
    def runtime_jar(self) -> Path:
        """The handset's Java classes."""
        return self.folder / "runtime.jar"

    @property
    def stubs_jar(self) -> Path:
        """What only an unbaked process needs: its class loader's name, and stubs of framework classes outside of it."""
        return self.folder / "stubs.jar"

    @property
    def native_jar(self) -> Path:
        """The framework's native library, ICU data and fonts, for this platform only."""
        return self.folder / "native.jar"

    @property
    def framework_jar(self) -> Path:
        """The framework's classes, to compile against."""
        return self.folder / "framework.jar"

    @property
    def warmup_apk(self) -> Path:
        """Manifest and resources of the app that warms a spare process."""
        return self.folder / "warmup.apk"

    @property
    def warmup_jar(self) -> Path:
        """Classes of the warm-up app."""
        return self.folder / "warmup.jar"

    def class_path(self) -> list[Path]:
        """What a JVM of an app process loads from; the runtime first, since it replaces a class of Robolectric's."""
        jars = [jar for jar in self.home.runtime_jars if not jar.name.startswith(NATIVE_JAR)]
        return [self.home.runtime_jar, self.stubs_jar, self.native_jar, *jars]


def only(folder: Path, pattern: str) -> Path:
    """The one file of a pattern. Raises HandsetError when there are none or several."""
    found = sorted(folder.glob(pattern))
    if len(found) != 1:
        raise HandsetError(f"Expected one {pattern} in {folder}, found {len(found)}. Run: masuk setup")
    return found[0]
