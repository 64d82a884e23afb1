"""Makes Node, Appium, Java and the jars ready, through their own package managers, in the folder of the tools.

Every step has a key made of all that determines its result. A step whose key is on record does nothing, so that a
second set-up needs no network; otherwise it works in a temporary folder and renames, so that one that breaks off leaves
nothing half-made.
"""

import hashlib
import os
import shutil
import ssl
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from host_platform import has_native_framework
from masuk.base.errors import SetupError
from masuk.base.locations import SUITE
from masuk.base.locks import locked_folder
from masuk.toolchain import proxies
from masuk.toolchain.tools import Toolchain

JAR_SETS = ("runtime", "build", "android", "app")
OFFLINE_CURE = (
    "Check the connection to the package registries and run it again: what is complete is kept. Where a proxy signs"
    " with its own authority, add that to what the machine trusts, or name its file in SSL_CERT_FILE and PIP_CERT."
)


def set_up(toolchain: Toolchain, report: Callable[[str], None] = print) -> None:
    """Make everything ready that is not; raises SetupError, naming the step and the cure.

    Waits while another process does the same for these tools.
    """
    toolchain.root.mkdir(parents=True, exist_ok=True)
    with locked_folder(toolchain.root, lambda: report("setup: another process is at it; waiting for its end")):
        _node_packages(toolchain, report)
        for name in JAR_SETS:
            _jars(toolchain, name, report)
        if has_native_framework():
            _handset(toolchain)
        else:
            report("setup: no handset: Robolectric has no native code for this machine. Use devices: --device SERIAL")
        _apps(toolchain, report)
    report(f"setup: ready in {toolchain.root}")


def _node_packages(toolchain: Toolchain, report: Callable[[str], None]) -> None:
    title = "Appium, UiAutomator2 driver and Allure (npm, 1 minute)"
    set_up_node_packages(toolchain, toolchain.root / "node", SUITE, title, report)


def set_up_node_packages(
    toolchain: Toolchain, target: Path, locked: Path, title: str, report: Callable[[str], None] = print
) -> None:
    """Make the npm packages ready in `target` that the lock file in the folder `locked` names. Raises SetupError."""
    inputs = [locked / "package.json", locked / "package-lock.json", SUITE / ".npmrc"]
    with _step(title, target, _digest(*inputs), report) as fresh:
        if fresh is None:
            return
        for path in inputs:
            shutil.copy(path, fresh / path.name)
        cache = toolchain.root / "cache" / "npm"
        _run(
            "npm ci",
            [str(toolchain.node), str(toolchain.npm), "ci", "--omit=dev", "--ignore-scripts", "--cache", str(cache)],
            cwd=fresh,
        )


def set_up_interception(toolchain: Toolchain, report: Callable[[str], None] = print) -> None:
    """Make mitmproxy ready, which only runs with --intercept need. Raises SetupError."""
    set_up_python(toolchain, "mitmproxy", "mitmproxy (pip, half a minute)", report)


def set_up_python(toolchain: Toolchain, name: str, title: str, report: Callable[[str], None] = print) -> Path:
    """Make an environment ready for a program whose requirements are not ours, those in toolchain/NAME.

    Returns its interpreter. Raises SetupError.
    """
    requirements = SUITE / "toolchain" / name / "requirements.txt"
    target = toolchain.root / name
    with _step(title, target, _digest(requirements), report) as fresh:
        if fresh is not None:
            _run("python -m venv", [sys.executable, "-m", "venv", str(fresh)], cwd=fresh)
            cache = toolchain.root / "cache" / "pip"
            pip = [str(fresh / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--cache-dir", str(cache)]
            wanted = ["install", "--quiet", "--require-hashes", "-r", str(requirements)]
            _run(f"pip install ({name})", [*pip, *wanted], cwd=fresh)
    return target / "bin" / "python"


def set_up_grid(toolchain: Toolchain, report: Callable[[str], None] = print) -> list[Path]:
    """Make Selenium Grid ready, which only `python -m ci.grid` needs; its jars. Raises SetupError."""
    _jars(toolchain, "grid", report)
    return sorted((toolchain.root / "jars" / "grid").glob("*.jar"))


def _jars(toolchain: Toolchain, name: str, report: Callable[[str], None]) -> None:
    target = toolchain.root / "jars" / name
    spec = SUITE / "toolchain" / "jars" / name / "jgo.toml"
    lock = spec.with_name("jgo.lock.toml")
    with _step(f"jars: {name} (Maven Central)", target, _digest(spec, lock), report) as fresh:
        if fresh is None:
            return
        work = fresh / "work"
        work.mkdir()
        shutil.copy(spec, work / "jgo.toml")
        repository = toolchain.root / "cache" / "maven"
        _run(
            f"jgo sync ({name})",
            [sys.executable, "-m", "jgo", "--cache-dir", str(work / "cache"), "sync"],
            cwd=work,
            environment={"M2_REPO": str(repository)},
        )
        for jar in sorted((work / "cache").glob("*/*.jar")):
            jar.rename(fresh / jar.name)
        shutil.rmtree(work)
        # Nothing is left there that a second try could take for whole; the jars themselves are hard links.
        shutil.rmtree(repository, ignore_errors=True)
        verify_jars(fresh, lock)


def verify_jars(folder: Path, lock: Path) -> None:
    """Compare the jars in a folder with a lock file's SHA-256 sums; raises SetupError on any difference."""
    locked = {
        f"{entry['artifactId']}-{entry['version']}.jar": entry["sha256"]
        for entry in tomllib.loads(lock.read_text())["dependencies"]
    }
    found = {jar.name: hashlib.sha256(jar.read_bytes()).hexdigest() for jar in folder.glob("*.jar")}
    wrong = sorted(name for name in locked.keys() | found.keys() if locked.get(name) != found.get(name))
    if wrong:
        raise SetupError(
            f"These jars are not the ones that {lock} names, by SHA-256: {', '.join(wrong)}. "
            "They were discarded; run it again. If it stays so, the registry serves other files than were locked."
        )


def _handset(toolchain: Toolchain) -> None:
    _run(
        "handset bake",
        [sys.executable, "-m", "handset", "bake", "--home", str(toolchain.root)],
        cwd=toolchain.root,
    )


def _apps(toolchain: Toolchain, report: Callable[[str], None]) -> None:
    from masuk.toolchain.certificate_authority import load_or_create_authority

    load_or_create_authority(toolchain.authority)
    report("setup: apps")
    _run(
        "apk_tools",
        [
            *(sys.executable, "-m", "apk_tools"),
            *("--apps", str(SUITE / "apps")),
            *("--jars", str(toolchain.root / "jars")),
            *("--ca", str(toolchain.authority / "ca.pem")),
            *("--key-dir", str(toolchain.root / "signing")),
            *("--out", str(toolchain.apps)),
        ],
        cwd=toolchain.root,
    )


@contextmanager
def _step(title: str, target: Path, key: str, report: Callable[[str], None]) -> Iterator[Path | None]:
    """Yield a fresh folder that becomes `target` at the end, or None when `target` is already what `key` stands for.

    Raises UsageError when something is to be fetched and a proxy that the environment names is not there.
    """
    stamp = target / ".key"
    if stamp.exists() and stamp.read_text() == key:
        yield None
        return
    proxies.demand()
    report(f"setup: {title}")
    started = time.monotonic()
    fresh = target.with_name(f"{target.name}.partial")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        yield fresh
        (fresh / ".key").write_text(key)
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    report(f"setup: {title} done in {time.monotonic() - started:.0f} s")


def trusting(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment in which npm and jgo trust the authorities that the machine trusts, as pip does.

    What a variable of theirs names already goes before.
    """
    trusted = {"NODE_USE_SYSTEM_CA": "1"}
    bundle = ssl.get_default_verify_paths().cafile
    if bundle and "CURL_CA_BUNDLE" not in environment:
        trusted["REQUESTS_CA_BUNDLE"] = bundle
    return {**trusted, **environment}


def _run(what: str, command: list[str], cwd: Path, environment: Mapping[str, str] | None = None) -> None:
    try:
        result = subprocess.run(command, cwd=cwd, env={**trusting(os.environ), **(environment or {})}, check=False)
    except OSError as error:
        raise SetupError(f"{what} could not be started: {error}. Run: masuk setup") from error
    if result.returncode:
        raise SetupError(f"{what} failed with exit code {result.returncode}; its own message is above. {OFFLINE_CURE}")


def _digest(*files: Path) -> str:
    whole = hashlib.sha256()
    for path in files:
        whole.update(path.name.encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()
