"""Builds the Java half of the handset from its sources: runtime jar, slim native jar, warm-up app.

Each product is keyed by what determines it, made in a temporary folder and renamed, so that an interrupted build leaves
nothing half-made and an unchanged one costs nothing.
"""

import fcntl
import hashlib
import os
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from handset.base.errors import HandsetError
from handset.base.home import Home
from handset.runtime.archive import make_archive
from handset.runtime.bake.baker import bake_framework
from handset.runtime.bake.layout import FIXED_TIME
from handset.runtime.bake.pointer import point_to
from handset.runtime.files import NATIVE_JAR, RuntimeFiles, only
from host_platform import native_folder

SOURCES = Path(__file__).parent
FRAMEWORK_PACKAGES = ("android/", "com/android/", "dalvik/", "libcore/", "org/json/", "org/xmlpull/")
SERVICES: dict[str, str | bytes] = {
    "META-INF/services/java.net.spi.InetAddressResolverProvider": "handset.runtime.host.GuestResolver\n",
}
UNBAKED_SERVICES: dict[str, str | bytes] = {
    "META-INF/services/org.robolectric.internal.AndroidSandbox$SdkSandboxClassLoader": (
        "handset.runtime.host.AppClassLoader\n"
    ),
}
LEFT_OUT_FONTS = ("NotoSansCJK", "Lato-", "NanumGothic", "SourceSansPro")
EPOCH = (1980, 1, 1, 0, 0, 0)

Report = Callable[[str], None]


def build_runtime(home: Home, report: Report = print, *, thorough: bool = False) -> None:
    """Make whatever is missing or out of date; a second builder waits. Raises HandsetError with the tool's words.

    `thorough` looks at every byte of the baked framework, and makes it again when one is wrong.
    """
    files = RuntimeFiles(home)
    files.folder.mkdir(parents=True, exist_ok=True)
    with (files.folder / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the kernel frees it with the process
        _build(home, files, report, thorough)


def _build(home: Home, files: RuntimeFiles, report: Report, thorough: bool) -> None:
    android = home.framework
    native = only(home.jars / "runtime", f"{NATIVE_JAR}-*.jar")
    java = _java_sources("java")
    stubs = _java_sources("stubs")
    warmup = sorted(path for path in (SOURCES / "warmup").rglob("*") if path.is_file())
    jars = [path.name for path in home.runtime_jars]
    class_path = [files.framework_jar, *home.runtime_jars]
    _make(files.framework_jar, [android.name], report, lambda out: _strip_framework(android, out))
    _make(files.native_jar, [native.name, native_folder()], report, lambda out: _slim_native(native, out))
    _make(
        files.stubs_jar,
        _digests(stubs),
        report,
        lambda out: _compile(home, [SOURCES / "stubs"], [], out, UNBAKED_SERVICES),
    )
    _make(
        files.runtime_jar,
        [*jars, *_digests(java)],
        report,
        lambda out: _compile(home, [SOURCES / "java"], class_path, out, SERVICES),
    )
    _make(files.warmup_apk, _digests(warmup), report, lambda out: _link_warmup(home, out))
    _make(
        files.warmup_jar,
        _digests(warmup),
        report,
        lambda out: _compile(home, [SOURCES / "warmup" / "java"], class_path, out, {}),
    )
    bake = bake_framework(home, native_folder(), report, thorough=thorough)
    point_to(home, bake, make_archive(home, bake, report, thorough=thorough))


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
        os.utime(fresh, (FIXED_TIME, FIXED_TIME))
        fresh.replace(target)
    stamp.write_text(key)


def _java_sources(folder: str) -> list[Path]:
    return sorted((SOURCES / folder).rglob("*.java"))


def _digests(files: Iterable[Path]) -> list[str]:
    return [f"{path.relative_to(SOURCES)} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files]


def _strip_framework(android: Path, target: Path) -> None:
    """Leave out java.* and org.w3c.*: the compiler refuses packages that belong to a module of the JDK."""
    with zipfile.ZipFile(android) as source, _jar(target) as out:
        for entry in source.infolist():
            if entry.filename.endswith(".class") and entry.filename.startswith(FRAMEWORK_PACKAGES):
                out.writestr(zipfile.ZipInfo(entry.filename, EPOCH), source.read(entry), zipfile.ZIP_DEFLATED, 1)


def _slim_native(native: Path, target: Path) -> None:
    """Keep this platform's library and few fonts: every process unpacks the rest of this jar at its start."""
    own = native_folder()
    with zipfile.ZipFile(native) as source, _jar(target) as out:
        for entry in source.infolist():
            name = entry.filename
            foreign = name.startswith("native/") and not name.startswith(own)
            if foreign or Path(name).name.startswith(LEFT_OUT_FONTS):
                continue
            out.writestr(zipfile.ZipInfo(name, EPOCH), source.read(entry), zipfile.ZIP_STORED)


def _compile(
    home: Home, sources: list[Path], class_path: list[Path], target: Path, extra: dict[str, str | bytes]
) -> None:
    ecj = only(home.jars / "build", "ecj-*.jar")
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
        with zipfile.ZipFile(only(home.jars / "build", "apktool-lib-*.jar")) as jar:
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
