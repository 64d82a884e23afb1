"""Turns an APK's dex code into a jar of class files, once per content of an APK."""

import asyncio
import hashlib
import re
import shutil
import tempfile
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

from handset.base.errors import InstallFailure
from handset.base.home import Home
from handset.base.process_kind import ProcessKind
from handset.base.trace import Trace

TRANSLATOR = "handset.tools.DexTranslator"
DEX = re.compile(r"classes\d*\.dex")
FACTS = "META-INF/handset/"


@dataclass(frozen=True)
class AppCode:
    """The translated code of an app, and what the process that runs it has to be like."""

    jar: Path
    unverified: tuple[str, ...] = ()
    """Classes that the Java runtime's verifier refuses although Android would run them, each with the reason."""
    instrumented: tuple[str, ...] = ()
    """Classes in the framework's packages that behave otherwise when Robolectric, not baked, treats them as its own."""

    @property
    def kind(self) -> ProcessKind:
        """The kind of process that can run it."""
        return ProcessKind(verified=not self.unverified, baked=not self.instrumented)

    @classmethod
    def of(cls, jar: Path) -> "AppCode":
        """Read what the translator has written down in the jar."""
        with zipfile.ZipFile(jar) as archive:
            unverified, instrumented = (
                tuple(archive.read(FACTS + name).decode().splitlines()) for name in ("unverified", "instrumented")
            )
        return cls(jar, unverified, instrumented)


class DexTranslator:
    """Translates at install, or at a start when the cache was emptied; the cache is shared by all devices of a home."""

    def __init__(self, home: Home, trace: Trace) -> None:
        self._home = home
        self._trace = trace

    async def translate(self, apk: Path) -> AppCode:
        """The code of `apk`, made when the cache lacks it. Raises InstallFailure INSTALL_FAILED_DEXOPT."""
        folder = await asyncio.to_thread(self._folder)
        target = folder / f"{await asyncio.to_thread(_hash_of_code, apk)}.jar"
        if not target.exists():
            await self._make(apk, target)
        return await asyncio.to_thread(AppCode.of, target)

    def _folder(self) -> Path:
        """What another translator has made is of no use to this one."""
        parts = [hashlib.sha256(self._home.runtime_jar.read_bytes()).hexdigest(), self._home.framework.name]
        folder = self._home.dex_cache / hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
        if not folder.exists():
            folder.mkdir(parents=True, exist_ok=True)
            for other in self._home.dex_cache.iterdir():
                if other != folder:
                    shutil.rmtree(other, ignore_errors=True) if other.is_dir() else other.unlink(missing_ok=True)
        return folder

    async def _make(self, apk: Path, target: Path) -> None:
        started = time.monotonic()
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            fresh = Path(folder) / "classes.jar"
            code, output = await self._run(apk, fresh)
            seconds = round(time.monotonic() - started, 2)
            self._trace.record("dexopt", apk.name, jar=target.stem, seconds=seconds, code=code)
            if code or not fresh.exists():
                raise InstallFailure(
                    "INSTALL_FAILED_DEXOPT", output.strip()[-300:] or f"the translator ended with {code}"
                )
            fresh.replace(target)

    async def _run(self, apk: Path, target: Path) -> tuple[int, str]:
        framework = self._home.framework
        jars = [self._home.runtime_jar, *self._home.runtime_jars, framework]
        process = await asyncio.create_subprocess_exec(
            str(self._home.java),
            *("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow"),
            *("-cp", ":".join(map(str, jars))),
            *(TRANSLATOR, str(apk), str(target), str(framework)),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await process.communicate()
        return process.returncode or 0, output.decode("utf-8", "replace")


def _hash_of_code(apk: Path) -> str:
    """A SHA-256 of an APK's dex files: builds that differ in their manifest or resources only share their code."""
    digest = hashlib.sha256()
    with zipfile.ZipFile(apk) as archive:
        for name in sorted(name for name in archive.namelist() if DEX.fullmatch(name)):
            content = archive.read(name)
            digest.update(f"{name} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()
