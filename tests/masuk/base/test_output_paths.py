import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from masuk.base.errors import UsageError
from masuk.base.output_paths import demand_file, demand_folder, demand_space, write_whole
from masuk.cli import main
from masuk.results.exit_code import ExitCode


def test_places_that_can_be_written_are_let_through_and_made(tmp_path: Path) -> None:
    demand_file(tmp_path / "new.json", "--out")
    (tmp_path / "old.json").touch()
    demand_file(tmp_path / "old.json", "--out")
    demand_folder(tmp_path / "a" / "b", "Never mind")
    assert (tmp_path / "a" / "b").is_dir()
    assert not (tmp_path / "new.json").exists()


def test_a_file_is_whole_before_it_takes_the_place_of_another(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.json"
    write_whole(path, "old")
    (tmp_path / "link.json").symlink_to(path)
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "new, but not to the end \udc80")
    assert path.read_text() == "old"
    write_whole(tmp_path / "link.json", "new")
    assert path.read_text() == "new"
    assert (tmp_path / "link.json").is_symlink()
    write_whole(Path("/dev/null"), "gone")
    assert Path("/dev/null").is_char_device()


def test_a_full_disk_is_told_before_anything_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    demand_space(tmp_path, needed=1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=30 << 20))
    with pytest.raises(UsageError, match="only 30 MB are free there, and 200 MB may be needed"):
        demand_space(tmp_path)


def test_trouble_with_files_that_nobody_foresaw_is_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", str(tmp_path / "node"))

    monkeypatch.setenv("MASUK_HOME", str(tmp_path))
    monkeypatch.setattr(main, "set_up", full)
    assert main.main(["setup"]) == ExitCode.USAGE
    assert capsys.readouterr().err == (
        f"masuk: {tmp_path / 'node'}: No space left on device. Is it there, may you use it, and is there space?\n"
    )
