"""Copies the parts of a bake that need no linking: resources, native libraries, fonts, security providers."""

import re
import zipfile
from pathlib import Path

from handset.base.home import Home
from handset.runtime.bake.layout import PROVIDER, TLS, Bake
from handset.runtime.files import only

RESOURCE_FOLDERS = ("res/", "assets/")
RESOURCE_FILES = ("resources.arsc", "AndroidManifest.xml", "build.prop")
TLS_LIBRARIES = "META-INF/native/"
PROVIDERS = frozenset({"SUN", "SunRsaSign", "SunEC", "SunJSSE", "SunJCE"})
SIGNATURE = re.compile(r"META-INF/[^/]+\.(SF|RSA|DSA)$")
EPOCH = (1980, 1, 1, 0, 0, 0)


def copy_parts(home: Home, native_folder: str, bake: Bake) -> None:
    """Fill a bake with everything but the linked framework; `native_folder` is this platform's in the native jar."""
    android = home.framework
    _copy_resources(android, bake)
    _unpack_native(home, android, native_folder, bake)
    _copy_without(SIGNATURE, only(home.jars / "runtime", f"{PROVIDER}*.jar"), bake.provider_jar)
    tls = only(home.jars / "runtime", f"{TLS}*.jar")
    _copy_without(re.compile(TLS_LIBRARIES), tls, bake.tls_jar)
    _unpack_tls_library(tls, native_folder, bake)
    bake.security_properties.write_text(_security_properties(home))


def _copy_resources(android: Path, bake: Bake) -> None:
    """Stored, not deflated: every process reads the resource table at its start."""
    bake.resources.mkdir()
    with zipfile.ZipFile(android) as source, zipfile.ZipFile(bake.resources / android.name, "w") as target:
        for entry in source.infolist():
            if entry.filename.startswith(RESOURCE_FOLDERS) or entry.filename in RESOURCE_FILES:
                target.writestr(zipfile.ZipInfo(entry.filename, EPOCH), source.read(entry), zipfile.ZIP_STORED)


def _unpack_native(home: Home, android: Path, native_folder: str, bake: Bake) -> None:
    with zipfile.ZipFile(home.root / "handset" / "native.jar") as jar:
        for entry in jar.infolist():
            if entry.filename.startswith("fonts/") and not entry.is_dir():
                _write(bake.native / entry.filename, jar.read(entry))
    with zipfile.ZipFile(android) as jar:
        for entry in jar.infolist():
            if entry.filename.startswith(native_folder) and not entry.is_dir():
                _write(bake.native / Path(entry.filename).name, jar.read(entry))
            elif entry.filename.startswith(("icu/icudt", "hyphen-data/")) and not entry.is_dir():
                _write(bake.native / entry.filename, jar.read(entry))


def _copy_without(left_out: re.Pattern[str], jar: Path, target: Path) -> None:
    with zipfile.ZipFile(jar) as source, zipfile.ZipFile(target, "w") as out:
        for entry in source.infolist():
            if not left_out.match(entry.filename):
                out.writestr(zipfile.ZipInfo(entry.filename, EPOCH), source.read(entry), zipfile.ZIP_DEFLATED, 1)


def _unpack_tls_library(tls: Path, native_folder: str, bake: Bake) -> None:
    _, system, machine, _ = native_folder.split("/")
    platform = f"-{'osx' if system == 'mac' else system}-{machine.replace('aarch64', 'aarch_64')}."
    with zipfile.ZipFile(tls) as jar:
        for name in jar.namelist():
            if name.startswith(TLS_LIBRARIES) and platform in name:
                _write(bake.native / Path(name).name, jar.read(name))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    path.chmod(0o444)


def _security_properties(home: Home) -> str:
    """Android's TLS, the Java runtime's providers of what else Android has, and BouncyCastle.

    A provider that the runtime names and does not have is searched for among all, which instantiates each of them: a
    twentieth of what an app process costs. So BouncyCastle takes the places of the others; a repeated name is ignored.
    """
    own = (home.java.parent.parent / "conf" / "security" / "java.security").read_text()
    listed = [name for _, name in re.findall(r"^security\.provider\.(\d+)=(\w+)", own, re.MULTILINE)]
    kept = ["AndroidOpenSSL", *(name for name in listed if name in PROVIDERS)]
    names = [*kept, *["BC"] * (len(listed) + 1 - len(kept))]
    return "".join(f"security.provider.{number}={name}\n" for number, name in enumerate(names, start=1))
