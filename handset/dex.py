"""Turns an APK's dex code into a jar of class files, once per content of an APK."""

import asyncio
import tempfile
import time
from pathlib import Path

from handset.errors import InstallFailure
from handset.home import Home
from handset.trace import Trace

TRANSLATOR = "handset.tools.DexTranslator"


class DexTranslator:
    """Translates at install; the cache is shared by all devices of a home."""

    def __init__(self, home: Home, trace: Trace) -> None:
        self._home = home
        self._trace = trace

    async def translate(self, apk: Path, sha256: str) -> Path:
        """The jar for `apk`, made when the cache lacks it. Raises InstallFailure INSTALL_FAILED_DEXOPT."""
        target = self._home.dex_cache / f"{sha256}.jar"
        if target.exists():
            return target
        started = time.monotonic()
        with tempfile.TemporaryDirectory(dir=self._home.dex_cache) as folder:
            fresh = Path(folder) / "classes.jar"
            code, output = await self._run(apk, fresh)
            self._trace.record(
                "dexopt", apk.name, sha256=sha256, seconds=round(time.monotonic() - started, 2), code=code
            )
            if code or not fresh.exists():
                raise InstallFailure(
                    "INSTALL_FAILED_DEXOPT", output.strip()[-300:] or f"the translator ended with {code}"
                )
            fresh.replace(target)
        return target

    async def _run(self, apk: Path, target: Path) -> tuple[int, str]:
        jars = ":".join(str(jar) for jar in [self._home.runtime_jar, *self._home.runtime_jars])
        process = await asyncio.create_subprocess_exec(
            str(self._home.java),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            jars,
            TRANSLATOR,
            str(apk),
            str(target),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await process.communicate()
        return process.returncode or 0, output.decode("utf-8", "replace")
