"""Which library classes an app keeps, on classes compiled for the purpose."""

import zipfile
from pathlib import Path

import pytest

from apk_tools.java_tools import JavaTools
from apk_tools.shrinking import reachable_classes

SOURCES = {
    "app/Main": "package app; class Main { Object start() { return new lib.Used(); } }",
    "lib/Used": "package lib; public class Used { lib.deep.Indirect next; Class<?> late() throws Exception"
    ' { return Class.forName("lib.Reflected"); } }',
    "lib/deep/Indirect": "package lib.deep; public class Indirect { long big = 1L << 40; }",
    "lib/Reflected": "package lib; public class Reflected { }",
    "lib/Unused": "package lib; public class Unused { Used used; }",
}


@pytest.fixture(scope="module")
def classes(toolchain: JavaTools, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shrinking")
    files = []
    for name, text in SOURCES.items():
        file = folder / "java" / f"{name}.java"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        files.append(file)
    toolchain.compile_java(files, [], folder / "classes")
    return folder / "classes"


@pytest.fixture(scope="module")
def library(classes: Path) -> Path:
    jar = classes.parent / "library.jar"
    with zipfile.ZipFile(jar, "w") as archive:
        for file in sorted((classes / "lib").rglob("*.class")):
            archive.write(file, file.relative_to(classes).as_posix())
    return jar


def test_what_is_reached_is_kept_and_nothing_else(classes: Path, library: Path) -> None:
    kept = reachable_classes([(classes / "app" / "Main.class").read_bytes()], [library])
    assert list(kept) == ["lib/Reflected", "lib/Used", "lib/deep/Indirect"]
    assert kept["lib/Used"] == (classes / "lib" / "Used.class").read_bytes()


def test_an_app_that_uses_nothing_keeps_nothing(classes: Path, library: Path) -> None:
    main = (classes / "app" / "Main.class").read_bytes()
    assert reachable_classes([main], []) == {}
    assert reachable_classes([], [library]) == {}
