"""Bakes the framework: links it with Robolectric's shadows ahead of time and archives what a start loads.

A bake is a folder `bake-KEY` beside the other products. Its first half, the linked framework, depends on the jars and
on the baker; its second half, the archive, also on the handset's own classes, the Java runtime and its flags. Both are
made under temporary names and renamed. `baked.json` names the bake in use and is written last.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from handset.base.errors import HandsetError, MissingPiece
from handset.base.home import Home

SOURCES = Path(__file__).parent
BAKER = "handset.bake.Baker"
BAKER_SOURCES = (
    "handset/bake",
    "org/robolectric/internal/bytecode",
    "handset/runtime/host/Modes.java",
    "handset/runtime/host/BakedReflectors.java",
)
SHADOWS, PROVIDER, TLS, NATIVE = (
    "shadows-framework-",
    "bcprov-",
    "conscrypt-openjdk-uber-",
    "nativeruntime-dist-compat-",
)
RESOURCE_FOLDERS = ("res/", "assets/")
RESOURCE_FILES = ("resources.arsc", "AndroidManifest.xml", "build.prop")
TLS_LIBRARIES = "META-INF/native/"
PROVIDERS = frozenset({"SUN", "SunRsaSign", "SunEC", "SunJSSE", "SunJCE"})
SIGNATURE = re.compile(r"META-INF/[^/]+\.(SF|RSA|DSA)$")
CONTENTS = "contents.json"
POINTER = "baked.json"
PROGRESS = "progress\t"
EPOCH = (1980, 1, 1, 0, 0, 0)
FIXED_TIME = 946684800  # 2000-01-01: the archive compares the modification times of the jars

Report = Callable[[str], None]


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
            _length(self.folder / name) == length and (not thorough or _content(self.folder / name) == digest)
            for name, (length, digest) in contents.items()
        )


@dataclass(frozen=True)
class BakeInUse:
    """The bake that app processes start from, and its archive."""

    bake: Bake
    archive: Path
    digest: str
    """The archive's SHA-256, as it was made."""

    @classmethod
    def of(cls, home: Home) -> "BakeInUse":
        """As the last build left it. Raises MissingPiece when it never ended, or when something has changed since."""
        pointer = _products(home) / POINTER
        try:
            names: dict[str, str] = json.loads(pointer.read_text())
            folder = pointer.parent / names["bake"]
            found = cls(Bake(folder), folder / names["archive"], names["digest"])
        except (OSError, ValueError, KeyError) as error:
            raise MissingPiece(f"The framework is not baked: {pointer} can't be read. Run: handset bake") from error
        if not found.archive.exists():
            raise MissingPiece(f"The baked framework is damaged: {found.archive} is missing. Run: handset bake")
        if names.get("runtime") != _content(home.runtime_jar):
            raise MissingPiece("The baked framework is older than the handset's own classes. Run: handset bake")
        return found


def bake_framework(home: Home, native_folder: str, report: Report, *, thorough: bool = False) -> Bake:
    """Make the linked framework, or keep it when it is intact; `native_folder` is this platform's in the native jar.

    Raises HandsetError.
    """
    key = _digest([*_jar_facts(home), *_source_digests(BAKER_SOURCES), Path(__file__).read_text(), native_folder])
    bake = Bake(_products(home) / f"bake-{key}")
    if bake.is_intact(thorough=thorough):
        return bake
    if bake.folder.exists():
        report(f"handset: {bake.folder.name} is damaged or half made, baking it again")
        shutil.rmtree(bake.folder)
    report("handset: baking the framework, once (about a minute)")
    with tempfile.TemporaryDirectory(dir=bake.folder.parent, prefix="baking-") as temporary:
        fresh = Bake(Path(temporary) / "bake")
        fresh.folder.mkdir()
        _fill(fresh, home, native_folder, report)
        fresh.folder.rename(bake.folder)
    return bake


def archive_is_damaged(home: Home, archive: Path) -> bool:
    """Whether an archive that is in use has other bytes than it was made with."""
    try:
        use = BakeInUse.of(home)
    except MissingPiece:
        return False
    return use.archive == archive and _content(archive) != use.digest


def point_to(home: Home, bake: Bake, archive: Path) -> None:
    """Let app processes start from this bake, and remove the others."""
    folder = _products(home)
    names = {"bake": bake.folder.name, "archive": archive.name}
    names |= {"digest": _content(archive), "runtime": _content(home.runtime_jar)}
    fresh = folder / f"{POINTER}.new"
    fresh.write_text(json.dumps(names))
    fresh.replace(folder / POINTER)
    for other in folder.glob("bak*-*"):
        if other.is_dir() and other != bake.folder:
            shutil.rmtree(other, ignore_errors=True)
    for other in bake.folder.glob("*.aot"):
        if other != archive:
            other.unlink(missing_ok=True)


def only(folder: Path, pattern: str) -> Path:
    """The one file of a pattern. Raises HandsetError when there are none or several."""
    found = sorted(folder.glob(pattern))
    if len(found) != 1:
        raise HandsetError(f"Expected one {pattern} in {folder}, found {len(found)}. Run: masuk setup")
    return found[0]


def _fill(bake: Bake, home: Home, native_folder: str, report: Report) -> None:
    android = home.framework
    command = _baker_command(home, bake, android)
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as baker,
        ThreadPoolExecutor(1) as listener,
    ):
        assert baker.stdout is not None
        saying = listener.submit(_listen, baker.stdout, report)
        _copy_resources(android, bake)
        _unpack_native(home, android, native_folder, bake)
        _copy_without(SIGNATURE, only(home.jars / "runtime", f"{PROVIDER}*.jar"), bake.provider_jar)
        tls = only(home.jars / "runtime", f"{TLS}*.jar")
        _copy_without(re.compile(TLS_LIBRARIES), tls, bake.tls_jar)
        _unpack_tls_library(tls, native_folder, bake)
        bake.security_properties.write_text(_security_properties(home))
        text = saying.result()
    if baker.returncode:
        raise HandsetError(f"Baking the framework failed with exit code {baker.returncode}:\n{text[-2000:]}")
    (bake.folder / "report.txt").write_text(text)
    report(f"handset: {_summary(text)}")
    files = [path for path in bake.folder.rglob("*") if path.is_file()]
    for path in files:
        os.utime(path, (FIXED_TIME, FIXED_TIME))
    contents = {str(path.relative_to(bake.folder)): [path.stat().st_size, _content(path)] for path in files}
    (bake.folder / CONTENTS).write_text(json.dumps(contents, indent=1))


def _baker_command(home: Home, bake: Bake, android: Path) -> list[str]:
    jars = [jar for jar in home.runtime_jars if not jar.name.startswith(NATIVE)]
    return [
        str(home.java),
        "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        *("-Xshare:off", "-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote"),
        *("-XX:+UseParallelGC", "-Xmx3g"),
        *("-Drobolectric.offline=true", f"-Dhandset.cache={bake.folder}", f"-Dhandset.data={bake.folder}"),
        *("-cp", ":".join(map(str, [home.runtime_jar, android, *jars]))),
        BAKER,
        *(str(bake.jar), str(android), str(only(home.jars / "runtime", f"{SHADOWS}*.jar"))),
    ]


def _listen(output: IO[str], report: Report) -> str:
    """Pass on how far the baker is; the rest of what it says."""
    lines = []
    for line in output:
        if line.startswith(PROGRESS):
            report(f"handset: baking, {line.removeprefix(PROGRESS).strip()} %")
        else:
            lines.append(line)
    return "".join(lines)


def _summary(text: str) -> str:
    lines = [line.split("\t") for line in text.splitlines()]
    sites = [(int(line[1]), line[2]) for line in lines if line[0] == "site" and not line[2].startswith("class:")]
    kept = sum(count for count, kind in sites if "kept:" in kind)
    unbaked = sum(1 for line in lines if line[0] == "unbaked")
    return f"{sum(count for count, _ in sites)} call sites decided, {kept} kept, {unbaked} classes left as they were"


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


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    path.chmod(0o444)


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


def _products(home: Home) -> Path:
    return home.root / "handset"


def _jar_facts(home: Home) -> list[str]:
    jars = [home.framework, *home.runtime_jars]
    return [f"{jar.name} {jar.stat().st_size}" for jar in jars]


def _source_digests(names: Iterable[str]) -> list[str]:
    root = SOURCES / "java"
    files = [path for name in names for path in sorted([root / name, *(root / name).rglob("*.java")]) if path.is_file()]
    return [f"{path.relative_to(root)} {_content(path)}" for path in files]


def _content(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _digest(parts: Iterable[Any]) -> str:
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:16]


def _length(path: Path) -> int | None:
    return path.stat().st_size if path.is_file() else None
