"""Machines of another kind: all packages are there for them, and what is Linux's has a stand-in."""

import json
import re
import signal
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest
from packaging.requirements import Requirement

import host_platform
from host_platform import NATIVE_FOLDERS, ToolError, aapt2, resident_bytes
from tests.checkout import CHECKOUT

pytestmark = pytest.mark.programs


@dataclass(frozen=True)
class Desk:
    """A machine as the markers of pip, the tags of wheels and npm call it."""

    system: str
    machine: str
    tags: tuple[str, ...]
    os: str


DESKS = {
    "mac-arm64": Desk("darwin", "arm64", ("macosx_14_0_arm64",), "darwin"),
    "linux-arm64": Desk(
        "linux", "aarch64", ("manylinux_2_28_aarch64", "manylinux_2_17_aarch64", "manylinux2014_aarch64"), "linux"
    ),
}


def requirements_for(desk: Desk) -> str:
    """The locked requirements with their hashes, those left out that a machine does not need."""
    entries = re.findall(r"^\S.*?(?=^\S|\Z)", (CHECKOUT / "requirements.txt").read_text(), re.MULTILINE | re.DOTALL)
    there = {"sys_platform": desk.system, "platform_machine": desk.machine, "os_name": "posix"}

    lines = []
    for entry in entries:
        head, _, hashes = entry.partition("\\")
        wanted = Requirement(head)
        if wanted.marker is None or wanted.marker.evaluate(there):
            wanted.marker = None
            lines.append(f"{wanted} \\{hashes}")
    return "".join(lines)


@pytest.mark.parametrize("name", DESKS)
def test_every_python_package_has_a_wheel_for_it(name: str, tmp_path: Path) -> None:
    desk = DESKS[name]
    (tmp_path / "requirements.txt").write_text(requirements_for(desk))
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--dry-run"]
    tags = [word for tag in desk.tags for word in ("--platform", tag)]
    there = ["--ignore-installed", "--no-deps", "--target", str(tmp_path / "there"), "--only-binary=:all:", *tags]
    cache = ["--cache-dir", str(CHECKOUT / ".masuk" / "cache" / "pip")]
    wanted = ["--python-version", "3.11", "--require-hashes", "-r", str(tmp_path / "requirements.txt")]
    ended = subprocess.run([*pip, *cache, *there, *wanted], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr


def shut_out(lock: dict[str, Any], desk: Desk) -> list[str]:
    """The npm packages that are needed and can't be installed on a machine."""
    cpu = {"aarch64": "arm64"}.get(desk.machine, desk.machine)
    return [
        package
        for package, about in lock["packages"].items()
        if not about.get("optional")
        and (desk.os not in about.get("os", [desk.os]) or cpu not in about.get("cpu", [cpu]))
    ]


@pytest.mark.parametrize("name", DESKS)
def test_no_npm_package_that_is_needed_is_for_other_machines_only(name: str) -> None:
    assert shut_out({"packages": {"a": {"os": ["win32"]}, "b": {"cpu": ["x64"]}, "c": {}}}, DESKS[name]) == ["a", "b"]
    assert not shut_out(json.loads((CHECKOUT / "package-lock.json").read_text()), DESKS[name])


def test_the_machines_with_native_code_are_those_of_robolectrics_jar() -> None:
    [jar] = (CHECKOUT / ".masuk" / "jars" / "runtime").glob("nativeruntime-dist-*.jar")
    with zipfile.ZipFile(jar) as archive:
        libraries = [name for name in archive.namelist() if re.search(r"\.(so|dylib)$", name)]
    assert {name.rpartition("/")[0] + "/" for name in libraries} == set(NATIVE_FOLDERS)


@pytest.mark.parametrize(
    ("system", "machine", "inside"),
    [
        ("linux", "x86_64", "prebuilt/linux/aapt2"),
        ("darwin", "arm64", "prebuilt/macosx/aapt2"),
        ("darwin", "x86_64", "prebuilt/macosx/aapt2"),
    ],
)
def test_aapt2_is_in_the_jar_for_most_machines(
    system: str, machine: str, inside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setattr("platform.machine", lambda: machine)
    assert aapt2(Path) == Path(inside)
    [jar] = (CHECKOUT / ".masuk" / "jars" / "build").glob("apktool-lib-*.jar")
    with zipfile.ZipFile(jar) as archive:
        assert inside in archive.namelist()


def test_elsewhere_aapt2_has_to_be_in_the_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("platform.machine", lambda: "aarch64")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolError, match=r"aapt2 for .* is not in PATH\. On Debian: apt install aapt"):
        aapt2(Path)
    (tmp_path / "aapt2").touch(mode=0o755)
    assert aapt2(Path) == tmp_path / "aapt2"


def test_memory_is_told_the_same_way_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    child = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdin is not None
    assert child.stdout is not None
    with child.stdin as told, child.stdout as answered:
        told.write(b"ready\n")
        told.flush()
        assert answered.readline() == b"ready\n"  # it is loaded and waits, so that its memory stays as it is
        by_kernel = resident_bytes(child.pid)
        monkeypatch.setattr(host_platform, "IS_LINUX", False)
        assert by_kernel == resident_bytes(child.pid) == psutil.Process(child.pid).memory_info().rss > 0
    child.wait()
    assert resident_bytes(child.pid) == 0


def test_without_linux_nothing_is_asked_of_the_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host_platform, "LIBC", None)
    assert host_platform.end_with_parent(signal.SIGTERM) is None
    monkeypatch.setattr(host_platform, "PORTS", Path("/nowhere"))
    assert host_platform.first_dynamic_port() == 49152
