import pytest

from handset.base.errors import MissingPiece
from handset.base.home import Home
from handset.runtime.bake.pointer import BakeInUse, archive_is_damaged, point_to
from tests.handset.runtime.bake.stand_in import baked, write_jar


def test_an_archive_with_other_bytes_than_it_was_made_with_is_damaged(home: Home) -> None:
    bake, _ = baked(home)
    archive = bake.folder / "start-1.aot"
    archive.write_text("archive")
    assert not archive_is_damaged(home, archive), "one that nobody has pointed to is not known"
    point_to(home, bake, archive)
    assert not archive_is_damaged(home, archive)
    archive.write_text("orchive")
    assert archive_is_damaged(home, archive)


def test_the_old_bake_goes_when_the_new_one_is_in_use(home: Home) -> None:
    old, _ = baked(home)
    write_jar(home.jars / "runtime" / "shadows-framework-4.jar", {"Shadow.class": "other code"})
    new, _ = baked(home)
    interrupted = home.root / "handset" / "baking-left-over"
    interrupted.mkdir()
    archive = new.folder / "start-1.aot"
    archive.write_text("archive")
    point_to(home, new, archive)
    use = BakeInUse.of(home)
    assert (use.bake, use.archive) == (new, archive)
    assert not old.folder.exists()
    assert not interrupted.exists()


def test_without_a_bake_the_error_says_what_to_do(home: Home) -> None:
    with pytest.raises(MissingPiece, match="Run: handset bake"):
        BakeInUse.of(home)
    bake, _ = baked(home)
    archive = bake.folder / "start-1.aot"
    archive.write_text("archive")
    point_to(home, bake, archive)
    archive.unlink()
    with pytest.raises(MissingPiece, match=r"start-1\.aot is missing"):
        BakeInUse.of(home)


def test_a_build_that_was_interrupted_before_its_archive_is_noticed(home: Home) -> None:
    bake, _ = baked(home)
    archive = bake.folder / "start-1.aot"
    archive.write_text("archive")
    point_to(home, bake, archive)
    write_jar(home.runtime_jar, {"Main.class": "newer code"})
    with pytest.raises(MissingPiece, match="older than the handset's own classes"):
        BakeInUse.of(home)
