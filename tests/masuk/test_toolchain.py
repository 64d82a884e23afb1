"""Jars are what the lock says, or nothing is kept."""

import hashlib
from pathlib import Path

import pytest

from masuk.errors import SetupError
from masuk.toolchain import Toolchain, verify_jars

LOCK = """
[[dependencies]]
groupId = "g"
artifactId = "tool"
version = "1.0"
sha256 = "{sha256}"
"""


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "jgo.lock.toml"
    path.write_text(LOCK.format(sha256=hashlib.sha256(b"content").hexdigest()))
    return path


@pytest.fixture
def jars(tmp_path: Path) -> Path:
    folder = tmp_path / "jars"
    folder.mkdir()
    return folder


def test_the_locked_jar_is_accepted(jars: Path, lock: Path) -> None:
    (jars / "tool-1.0.jar").write_bytes(b"content")
    verify_jars(jars, lock)


@pytest.mark.parametrize(
    "present",
    [{}, {"tool-1.0.jar": b"cont"}, {"tool-1.0.jar": b"content", "other-2.0.jar": b"x"}],
    ids=["missing", "cut off", "one too many"],
)
def test_any_difference_is_refused(jars: Path, lock: Path, present: dict[str, bytes]) -> None:
    for name, content in present.items():
        (jars / name).write_bytes(content)
    with pytest.raises(SetupError, match=r"not the ones that .*jgo\.lock\.toml names"):
        verify_jars(jars, lock)


def test_a_driver_that_appium_remembers_elsewhere_is_forgotten(tmp_path: Path) -> None:
    moved = tmp_path / "moved"
    cache = moved / "node" / "node_modules" / ".cache" / "appium"
    cache.mkdir(parents=True)
    remembered = cache / "extensions.yaml"
    linked = tmp_path / "linked"
    linked.mkdir()
    (linked / "node").symlink_to(moved / "node")

    remembered.write_text(f"    installPath: {moved}/node/node_modules/appium-uiautomator2-driver\n")
    assert Toolchain(moved).appium_home() == Toolchain(linked).appium_home() == moved / "node"
    assert remembered.exists()

    remembered.write_text("    installPath: /where/it/was/node/node_modules/appium-uiautomator2-driver\n")
    Toolchain(linked).appium_home()
    assert not remembered.exists()
