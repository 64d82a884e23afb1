"""The build tools as one object: the Java runtime, the tools that are jars, and aapt2.

Everything comes out of three folders of jars: `build` (ecj, D8, apksig, apktool-lib with aapt2 in it), `android` (the
Android framework to compile against) and `app` (the libraries of the app).
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from apk_tools.errors import BuildError
from host_platform import ToolError, aapt2

COMPILER = "org.eclipse.jdt.internal.compiler.batch.Main"
DEXER = "com.android.tools.r8.D8"
# Not newer: with modules, the packages java.* that the Android jar also has would hide those of the runtime.
JAVA_LEVEL = "8"

# One short-lived tool at a time: a quick start matters more than peak speed.
_JAVA_OPTIONS = ("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-Xmx1g", "-Dfile.encoding=UTF-8")
# The signer loads its v1 half, which names this package, even when it signs by scheme v2 only.
_EXPORTS = "--add-exports=java.base/sun.security.x509=ALL-UNNAMED"
# The framework jar is made for the handset: its classes name these types, which are in the handset's own jars.
_COMPILE_ONLY_JARS = ("runtime/sandbox-*.jar", "runtime/shadowapi-*.jar")


@dataclass(frozen=True)
class JavaTools:
    """Runs build tools.

    `jars` holds the folders `build`, `android`, `app` and `runtime`; `java_home` is a Java runtime; into `work` the
    tools that are no jars are unpacked.
    """

    jars: Path
    java_home: Path
    work: Path

    @property
    def android(self) -> Path:
        """The jar with the Android framework's classes."""
        return self._only("android/android-all-*.jar")

    @property
    def app_libraries(self) -> list[Path]:
        """The jars that the app is linked with, sorted by name."""
        return self._some("app/*.jar")

    @property
    def build_tools(self) -> list[Path]:
        """The jars of the build tools, sorted by name."""
        return self._some("build/*.jar")

    def compile_java(self, sources: Sequence[Path], classpath: Sequence[Path], classes: Path) -> None:
        """Compile `sources` into the folder `classes`. Errors carry file and line."""
        arguments = [f"-{JAVA_LEVEL}", "-proc:none", "-encoding", "UTF-8", "-nowarn", "-g"]
        arguments += ["-classpath", os.pathsep.join(map(str, classpath)), "-d", str(classes)]
        self.run_java(COMPILER, [*arguments, *map(str, sources)], step="compiling Java")

    def compile_app(self, sources: Sequence[Path], classes: Path) -> None:
        """Compile an app's sources against the Android framework and the app's libraries."""
        compile_only = [jar for pattern in _COMPILE_ONLY_JARS for jar in self._some(pattern)]
        self.compile_java(sources, [self.android, *compile_only, *self.app_libraries], classes)

    def run_java(self, main_class: str, arguments: Sequence[str], *, step: str, classpath: Sequence[Path] = ()) -> str:
        """Run a Java program that has the build tools on its class path; returns what it printed."""
        executable = self.java_home / "bin" / ("java.exe" if sys.platform == "win32" else "java")
        full_classpath = os.pathsep.join(map(str, [*classpath, *self.build_tools]))
        return _run([str(executable), *_JAVA_OPTIONS, _EXPORTS, "-cp", full_classpath, main_class, *arguments], step)

    def run_aapt2(self, arguments: Sequence[str], *, step: str) -> str:
        """Run aapt2, the compiler of Android resources; returns what it printed."""
        try:
            program = aapt2(lambda entry: self._unpack(entry, executable=True))
        except ToolError as error:
            raise BuildError(str(error)) from error
        return _run([str(program), *arguments], step)

    def framework_resources(self) -> Path:
        """The APK of the framework's resources that aapt2 links against."""
        return self._unpack("prebuilt/android-framework.jar")

    def _unpack(self, entry: str, *, executable: bool = False) -> Path:
        archive_path = self._only("build/apktool-lib-*.jar")
        target = self.work / archive_path.stem / Path(entry).name
        if target.exists():
            return target
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f"{target.name}.{os.getpid()}")
        with zipfile.ZipFile(archive_path) as archive:
            partial.write_bytes(archive.read(entry))
        partial.chmod(0o755 if executable else 0o644)
        partial.replace(target)
        return target

    def _only(self, pattern: str) -> Path:
        found = self._some(pattern)
        if len(found) != 1:
            names = ", ".join(jar.name for jar in found)
            raise BuildError(f"expected one {pattern} in {self.jars}, found {len(found)}: {names}. Run: masuk setup")
        return found[0]

    def _some(self, pattern: str) -> list[Path]:
        found = sorted(self.jars.glob(pattern))
        if not found:
            raise BuildError(f"no {pattern} in {self.jars}. Run: masuk setup")
        return found


def _run(command: Sequence[str], step: str) -> str:
    finished = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if finished.returncode != 0:
        output = (finished.stdout + finished.stderr).strip()
        raise BuildError(f"{step} failed (exit code {finished.returncode}):\n{output}")
    return finished.stdout
