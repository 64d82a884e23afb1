"""Facts about an APK file: what its manifest declares, who signed it, whether its code is native."""

import subprocess
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from apk_tools.manifest import ManifestError, ManifestFacts, read_manifest
from handset.base import signing
from handset.base.digest import sha256_of
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


@dataclass
class ApkFacts(ManifestFacts):
    """What the device needs to know about an APK. `certificate` is the signer's SHA-256 in hex, None when unsigned."""

    sha256: str = ""
    certificate: str | None = None
    native_framework: str | None = None
    has_code: bool = True


def read_apk(apk: Path, aapt2: Path) -> ApkFacts:
    """The facts about `apk`. Raises InstallFailure INSTALL_PARSE_FAILED_NOT_APK for what is no APK."""
    try:
        with zipfile.ZipFile(apk) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError) as error:
        raise InstallFailure("INSTALL_PARSE_FAILED_NOT_APK", f"Failed to parse {apk.name}: {error}") from error
    if "AndroidManifest.xml" not in names:
        raise InstallFailure("INSTALL_PARSE_FAILED_NOT_APK", f"{apk.name} holds no AndroidManifest.xml")
    try:
        manifest = read_manifest(apk, lambda arguments: _dump(aapt2, arguments))
    except ManifestError as error:
        raise InstallFailure("INSTALL_PARSE_FAILED_MANIFEST_MALFORMED", "The manifest names no package") from error
    facts = ApkFacts(**vars(manifest))
    facts.sha256 = sha256_of(apk)
    facts.certificate = signing.certificate_digest(apk)
    facts.native_framework = native_framework(names)
    facts.has_code = any(name.endswith(".dex") for name in names)
    return facts


def native_framework(names: list[str]) -> str | None:
    """The framework whose native library is among the names of an APK's entries, or None."""
    libraries = {name.rpartition("/")[2] for name in names if name.startswith("lib/")}
    return next((NATIVE_FRAMEWORKS[library] for library in sorted(libraries) if library in NATIVE_FRAMEWORKS), None)


def _dump(aapt2: Path, arguments: Sequence[str]) -> str:
    done = subprocess.run(
        [str(aapt2), "dump", *arguments], capture_output=True, text=True, timeout=AAPT2_TIMEOUT, check=False
    )
    if done.returncode and "package: name=" not in done.stdout:
        reason = done.stderr.strip().splitlines()[-1:] or [f"aapt2 ended with {done.returncode}"]
        raise InstallFailure("INSTALL_PARSE_FAILED_BAD_MANIFEST", reason[0])
    return done.stdout
