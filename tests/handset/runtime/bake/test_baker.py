import shutil
from pathlib import Path

import pytest

from handset.base.errors import HandsetError
from handset.base.home import Home
from handset.runtime.bake import baker
from handset.runtime.bake.baker import bake_framework
from tests.handset.runtime.bake.stand_in import NATIVE_FOLDER, baked, stand_in, write_jar

FAILING = "print('no such class'); raise SystemExit(2)"


def test_the_second_time_costs_nothing(home: Home) -> None:
    first, _ = baked(home)
    assert baked(home) == (first, [])


@pytest.mark.parametrize("damage", ["truncated", "half written", "a file is missing"])
def test_a_damaged_bake_is_made_again(home: Home, damage: str) -> None:
    bake, _ = baked(home)
    if damage == "truncated":
        bake.jar.write_text("li")
    elif damage == "half written":
        (bake.folder / "contents.json").unlink()
    else:
        (bake.native / "fonts" / "a.ttf").unlink()
    again, said = baked(home)
    assert again.is_intact()
    assert "damaged" in said[0]


def test_wrong_bytes_of_the_right_length_are_found_by_a_thorough_look(home: Home) -> None:
    bake, _ = baked(home)
    bake.jar.write_text("lonked")
    said: list[str] = []
    assert bake_framework(home, NATIVE_FOLDER, said.append) == bake
    assert said == []
    bake_framework(home, NATIVE_FOLDER, said.append, thorough=True)
    assert "damaged" in said[0]
    assert bake.jar.read_text() == "linked"


def test_other_jars_make_another_bake(home: Home) -> None:
    first, _ = baked(home)
    write_jar(home.jars / "runtime" / "shadows-framework-4.jar", {"Shadow.class": "other code"})
    second, _ = baked(home)
    assert second != first


def test_a_failure_tells_why_and_leaves_nothing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, FAILING)
    with pytest.raises(HandsetError, match="exit code 2:\nno such class"):
        baked(home)
    assert not list((home.root / "handset").glob("bak*"))


@pytest.mark.parametrize("module", sorted(path.name for path in baker.PYTHON_SOURCES.glob("*.py")))
def test_another_text_of_a_module_makes_another_bake(
    home: Home, module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = baked(home)
    edited = Path(shutil.copytree(baker.PYTHON_SOURCES, tmp_path / "edited"))
    monkeypatch.setattr(baker, "PYTHON_SOURCES", edited)
    assert baked(home) == (first, []), "the place of the sources does not matter"
    with (edited / module).open("a") as file:
        file.write("# edited\n")
    second, _ = baked(home)
    assert second != first
