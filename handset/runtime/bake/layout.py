"""Where the parts of a bake lie, and whether they are as they were made."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handset.base.digest import sha256_of
from handset.base.home import Home
from handset.runtime.files import only

SHADOWS, PROVIDER, TLS, NATIVE = (
    "shadows-framework-",
    "bcprov-",
    "conscrypt-openjdk-uber-",
    "nativeruntime-dist-compat-",
)
CONTENTS = "contents.json"
FIXED_TIME = 946684800  # 2000-01-01: the archive compares the modification times of the jars


@dataclass(frozen=True)
class Bake:
    """One baked framework: where its parts lie."""

    folder: Path

    @property
    def jar(self) -> Path:
        """The framework's and the shadows' classes, linked with each other."""
        return self.folder / "framework.jar"

    @property
    def provider_jar(self) -> Path:
        """BouncyCastle without its signature: classes of a signed jar are never archived."""
        return self.folder / "bouncycastle.jar"

    @property
    def tls_jar(self) -> Path:
        """Conscrypt without its native libraries: from its jar each process would unpack one for itself."""
        return self.folder / "conscrypt.jar"

    @property
    def resources(self) -> Path:
        """The folder of the framework's resources, in a jar with the name that Robolectric looks for."""
        return self.folder / "resources"

    @property
    def native(self) -> Path:
        """The unpacked native libraries, ICU data, fonts and hyphenation patterns."""
        return self.folder / "native"

    @property
    def security_properties(self) -> Path:
        """The list of security providers: Android's TLS, the Java runtime's own ones, BouncyCastle."""
        return self.folder / "security.properties"

    @property
    def icu(self) -> str:
        """The ICU data file, relative to `native`."""
        return f"icu/{only(self.native / 'icu', '*.dat').name}"

    def class_path(self, home: Home) -> list[Path]:
        """What a JVM of a baked app process loads from."""
        replaced = (NATIVE, SHADOWS, PROVIDER, TLS)
        jars = [jar for jar in home.runtime_jars if not jar.name.startswith(replaced)]
        return [home.runtime_jar, self.jar, *jars, self.provider_jar, self.tls_jar]

    def is_intact(self, *, thorough: bool = False) -> bool:
        """Whether every file is there in the length that it was made with; `thorough` compares every byte."""
        try:
            contents: dict[str, list[Any]] = json.loads((self.folder / CONTENTS).read_text())
        except (OSError, ValueError):
            return False
        return all(
            _length(self.folder / name) == length and (not thorough or sha256_of(self.folder / name) == digest)
            for name, (length, digest) in contents.items()
        )

    def seal(self) -> None:
        """Give every file the same time, and write down its length and digest for `is_intact`."""
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        for path in files:
            os.utime(path, (FIXED_TIME, FIXED_TIME))
        contents = {str(path.relative_to(self.folder)): [path.stat().st_size, sha256_of(path)] for path in files}
        (self.folder / CONTENTS).write_text(json.dumps(contents, indent=1))


def _length(path: Path) -> int | None:
    return path.stat().st_size if path.is_file() else None
