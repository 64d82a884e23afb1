"""Builds the Java half of the handset from its sources: runtime jar, slim native jar, warm-up app.

Each product is keyed by what determines it, made in a temporary folder and renamed, so that an interrupted build leaves
nothing half-made and an unchanged one costs nothing.
"""

import hashlib
import platform
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from handset.errors import HandsetError
from handset.home import Home

SOURCES = Path(__file__).parent
NATIVE_JAR = "nativeruntime-dist-compat"
FRAMEWORK_PACKAGES = ("android/", "com/android/", "dalvik/", "libcore/", "org/json/", "org/xmlpull/")
SERVICES = {
    "org.robolectric.internal.AndroidSandbox$SdkSandboxClassLoader": "handset.runtime.host.AppClassLoader",
    "java.net.spi.InetAddressResolverProvider": "handset.runtime.host.GuestResolver",
}
LEFT_OUT_FONTS = ("NotoSansCJK", "Lato-", "NanumGothic", "SourceSansPro")
EPOCH = (1980, 1, 1, 0, 0, 0)

Report = Callable[[str], None]


@dataclass(frozen=True)
class RuntimeFiles:
    """Where the products lie in a home."""

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
        return [self.home.runtime_jar, self.native_jar, *jars]


def build_runtime(home: Home, report: Report = print) -> None:
    """Make whatever is missing or out of date. Raises HandsetError with the compiler's message."""
    files = RuntimeFiles(home)
    files.folder.mkdir(parents=True, exist_ok=True)
    android = _only(home.jars / "android", "android-all-instrumented-*.jar")
    native = _only(home.jars / "runtime", f"{NATIVE_JAR}-*.jar")
    java = _java_sources("java")
    stubs = _java_sources("stubs")
    warmup = sorted(path for path in (SOURCES / "warmup").rglob("*") if path.is_file())
    jars = [path.name for path in home.runtime_jars]
    class_path = [files.framework_jar, *home.runtime_jars]
    _make(files.framework_jar, [android.name], report, lambda out: _strip_framework(android, out))
    _make(files.native_jar, [native.name, _native_folder()], report, lambda out: _slim_native(native, out))
    _make(
        files.runtime_jar,
        [*jars, *_digests([*java, *stubs])],
        report,
        lambda out: _compile_runtime(home, class_path, out),
    )
    _make(files.warmup_apk, _digests(warmup), report, lambda out: _link_warmup(home, out))
    _make(
        files.warmup_jar,
        _digests(warmup),
        report,
        lambda out: _compile(home, [SOURCES / "warmup" / "java"], class_path, out, {}),
    )


def _make(target: Path, inputs: Iterable[str], report: Report, build: Callable[[Path], None]) -> None:
    key = hashlib.sha256("\n".join([Path(__file__).read_text(), *inputs]).encode()).hexdigest()
    stamp = target.with_suffix(target.suffix + ".key")
    if target.exists() and stamp.exists() and stamp.read_text() == key:
        return
    report(f"handset: building {target.name}")
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        fresh = Path(folder) / target.name
        build(fresh)
        stamp.unlink(missing_ok=True)
        fresh.replace(target)
    stamp.write_text(key)


def _java_sources(folder: str) -> list[Path]:
    return sorted((SOURCES / folder).rglob("*.java"))


def _digests(files: Iterable[Path]) -> list[str]:
    return [f"{path.relative_to(SOURCES)} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files]


def _only(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(pattern))
    if len(found) != 1:
        raise HandsetError(f"Expected one {pattern} in {folder}, found {len(found)}. Run: make setup")
    return found[0]


def _strip_framework(android: Path, target: Path) -> None:
    """Leave out java.* and org.w3c.*: the compiler refuses packages that belong to a module of the JDK."""
    with zipfile.ZipFile(android) as source, _jar(target) as out:
        for entry in source.infolist():
            if entry.filename.endswith(".class") and entry.filename.startswith(FRAMEWORK_PACKAGES):
                out.writestr(zipfile.ZipInfo(entry.filename, EPOCH), source.read(entry), zipfile.ZIP_DEFLATED, 1)


def _slim_native(native: Path, target: Path) -> None:
    """Keep this platform's library and few fonts: every process unpacks the rest of this jar at its start."""
    own = _native_folder()
    with zipfile.ZipFile(native) as source, _jar(target) as out:
        for entry in source.infolist():
            name = entry.filename
            foreign = name.startswith("native/") and not name.startswith(own)
            if foreign or Path(name).name.startswith(LEFT_OUT_FONTS):
                continue
            out.writestr(zipfile.ZipInfo(name, EPOCH), source.read(entry), zipfile.ZIP_STORED)


def _native_folder() -> str:
    system = {"Linux": "linux", "Darwin": "mac"}.get(platform.system(), platform.system().lower())
    machine = {"AMD64": "x86_64", "arm64": "aarch64"}.get(platform.machine(), platform.machine())
    return f"native/{system}/{machine}/"


def _compile_runtime(home: Home, class_path: list[Path], target: Path) -> None:
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        stubs = Path(folder) / "stubs.jar"
        _compile(home, [SOURCES / "stubs"], [], stubs, {})
        services = {f"META-INF/services/{name}": f"{implementation}\n" for name, implementation in SERVICES.items()}
        with zipfile.ZipFile(stubs) as jar:
            extra: dict[str, str | bytes] = {name: jar.read(name) for name in jar.namelist()}
        _compile(home, [SOURCES / "java"], class_path, target, {**services, **extra})


def _compile(
    home: Home, sources: list[Path], class_path: list[Path], target: Path, extra: dict[str, str | bytes]
) -> None:
    ecj = _only(home.jars / "build", "ecj-*.jar")
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        classes = Path(folder) / "classes"
        classes.mkdir()
        _run(
            "compiling the handset's Java",
            [
                *(str(home.java), "-XX:TieredStopAtLevel=1", "-jar", str(ecj)),
                *("-21", "-encoding", "UTF-8", "-nowarn", "-proc:none", "-d", str(classes)),
                *(("-cp", ":".join(map(str, class_path))) if class_path else ()),
                *map(str, sources),
            ],
        )
        with _jar(target) as out:
            for path in sorted(classes.rglob("*.class")):
                out.writestr(zipfile.ZipInfo(str(path.relative_to(classes)), EPOCH), path.read_bytes())
            for name, content in sorted(extra.items()):
                out.writestr(zipfile.ZipInfo(name, EPOCH), content)


def _link_warmup(home: Home, target: Path) -> None:
    framework = "prebuilt/android-framework.jar"
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        work = Path(folder)
        with zipfile.ZipFile(_only(home.jars / "build", "apktool-lib-*.jar")) as jar:
            jar.extract(framework, work)
        resources = work / "resources.zip"
        aapt2 = str(home.aapt2)
        warmup = SOURCES / "warmup"
        _run("compiling resources", [aapt2, "compile", "--dir", str(warmup / "res"), "-o", str(resources)])
        link = [aapt2, "link", "-o", str(target), "-I", str(work / framework)]
        _run("linking resources", [*link, "--manifest", str(warmup / "AndroidManifest.xml"), str(resources)])


def _run(what: str, command: list[str]) -> None:
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        raise HandsetError(f"{what} failed:\n{result.stdout}{result.stderr}".rstrip())


def _jar(target: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(target, "w", zipfile.ZIP_STORED)
