"""Bakes the framework: runs the Java program that links it, unless an intact bake is there."""

import hashlib
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any

from handset.base.digest import sha256_of
from handset.base.errors import HandsetError
from handset.base.home import Home
from handset.runtime.bake.layout import NATIVE, SHADOWS, Bake
from handset.runtime.bake.parts import copy_parts
from handset.runtime.files import RuntimeFiles, only

PYTHON_SOURCES = Path(__file__).parent
JAVA_SOURCES = PYTHON_SOURCES.parent / "java"
BAKER = "handset.bake.Baker"
BAKER_SOURCES = (
    "handset/bake",
    "org/robolectric/internal/bytecode",
    "handset/runtime/host/Modes.java",
    "handset/runtime/host/BakedReflectors.java",
)
PROGRESS = "progress\t"

Report = Callable[[str], None]


def bake_framework(home: Home, native_folder: str, report: Report, *, thorough: bool = False) -> Bake:
    """Make the linked framework, or keep it when it is intact; `native_folder` is this platform's in the native jar.

    Raises HandsetError.
    """
    key = _digest([*_jar_facts(home), *_java_sources(), *_python_sources(), native_folder])
    bake = Bake(RuntimeFiles(home).folder / f"bake-{key}")
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


def _fill(bake: Bake, home: Home, native_folder: str, report: Report) -> None:
    android = home.framework
    command = _baker_command(home, bake, android)
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as baker,
        ThreadPoolExecutor(1) as listener,
    ):
        assert baker.stdout is not None
        saying = listener.submit(_listen, baker.stdout, report)
        copy_parts(home, native_folder, bake)
        text = saying.result()
    if baker.returncode:
        raise HandsetError(f"Baking the framework failed with exit code {baker.returncode}:\n{text[-2000:]}")
    (bake.folder / "report.txt").write_text(text)
    report(f"handset: {_summary(text)}")
    bake.seal()


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


def _jar_facts(home: Home) -> list[str]:
    jars = [home.framework, *home.runtime_jars]
    return [f"{jar.name} {jar.stat().st_size}" for jar in jars]


def _java_sources() -> list[str]:
    root = JAVA_SOURCES
    files = [
        path
        for name in BAKER_SOURCES
        for path in sorted([root / name, *(root / name).rglob("*.java")])
        if path.is_file()
    ]
    return [f"{path.relative_to(root)} {sha256_of(path)}" for path in files]


def _python_sources() -> list[str]:
    return [f"{path.name} {sha256_of(path)}" for path in sorted(PYTHON_SOURCES.glob("*.py"))]


def _digest(parts: Iterable[Any]) -> str:
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:16]
