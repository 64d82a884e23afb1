"""Seeded defects: the catalogue, the app's own names, and builds that differ from the sound one in a value."""

import re
from pathlib import Path

import pytest

from apk_tools.apk import with_defects
from apk_tools.archive import read_entries
from apk_tools.build import current
from apk_tools.defects import load_defects
from apk_tools.errors import BuildError
from apk_tools.java_tools import JavaTools
from apk_tools.keys import load_or_create_signing_key
from tests.apk_tools.conftest import APPS, Build

CATALOGUE = APPS / "reference" / "defects.toml"
JAVA = APPS / "reference" / "app" / "java" / "id" / "masuk" / "anggota"


def in_java() -> set[str]:
    """The constants of the enum, in the catalogue's spelling."""
    source = (JAVA / "Defect.java").read_text(encoding="utf-8")
    body = source[source.index("enum Defect {") : source.index(";", source.index("enum Defect {"))]
    return {name.lower().replace("_", "-") for name in re.findall(r"^\s+([A-Z_]+),?$", body, re.MULTILINE)}


def test_the_catalogue_names_what_the_app_can_break() -> None:
    assert {defect.name for defect in load_defects(CATALOGUE) if defect.manifest is None} == in_java()


def test_every_defect_is_looked_at_somewhere_in_the_newer_app() -> None:
    sources = [path for folder in current(APPS).trees for path in folder.rglob("*.java") if path.name != "Defect.java"]
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    assert not [name for name in in_java() if f"Defect.{name.upper().replace('-', '_')}.isSeeded()" not in code]


def test_an_entry_that_is_incomplete_is_named(tmp_path: Path) -> None:
    catalogue = tmp_path / "defects.toml"
    catalogue.write_text('[half]\ncheck = "N1"\n')
    with pytest.raises(BuildError, match=r"defects.toml: \[half\] needs check and breaks"):
        load_defects(catalogue)


def test_a_defect_changes_nothing_but_a_value_of_the_manifest(
    build: Build, toolchain: JavaTools, tmp_path: Path
) -> None:
    key = load_or_create_signing_key(build.keys)
    defect = next(known for known in load_defects(CATALOGUE) if known.name == "password-logged")
    seeded = with_defects(current(APPS), build.current, [defect], toolchain, build.authority, key, tmp_path)
    sound, broken = read_entries(build.current), read_entries(seeded["password-logged"])
    assert sound.keys() == broken.keys()
    changed = {name for name, content in sound.items() if broken[name] != content}
    assert {name for name in changed if not name.startswith("META-INF/")} == {"AndroidManifest.xml"}
    manifest = toolchain.run_aapt2(
        ["dump", "xmltree", "--file", "AndroidManifest.xml", str(seeded["password-logged"])],
        step="reading the manifest",
    )
    assert '"password-logged"' in manifest
