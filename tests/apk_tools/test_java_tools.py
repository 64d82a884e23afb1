"""Build tools and their errors."""

from pathlib import Path

import pytest

from apk_tools.errors import BuildError
from apk_tools.java_tools import JavaTools


def test_a_compile_error_names_file_and_line(toolchain: JavaTools, tmp_path: Path) -> None:
    source = tmp_path / "Broken.java"
    source.write_text("class Broken {\n    int broken() { return missing; }\n}\n")
    with pytest.raises(BuildError, match=r"(?s)compiling Java failed.*Broken\.java.*at line 2.*missing"):
        toolchain.compile_java([source], [], tmp_path / "classes")


def test_a_missing_jar_is_named_with_the_cure(tmp_path: Path) -> None:
    toolchain = JavaTools(tmp_path, tmp_path, tmp_path)
    with pytest.raises(BuildError, match=r"android-all.*Run: masuk setup"):
        _ = toolchain.android


def test_a_jar_that_is_there_twice_is_no_guess(tmp_path: Path) -> None:
    (tmp_path / "android").mkdir()
    for version in (1, 2):
        (tmp_path / "android" / f"android-all-{version}.jar").touch()
    with pytest.raises(BuildError, match=r"found 2: android-all-1\.jar, android-all-2\.jar"):
        _ = JavaTools(tmp_path, tmp_path, tmp_path).android


def test_resources_are_linked_against_the_framework(toolchain: JavaTools) -> None:
    assert toolchain.framework_resources().stat().st_size > 1_000_000
