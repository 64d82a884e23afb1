"""Writes the files that a new project begins with."""

from collections.abc import Callable
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from masuk.base.errors import UsageError
from masuk.base.locations import PROJECT_FILE
from masuk.base.output_paths import demand_folder
from masuk.cli.new_project.pipelines import PIPELINES

FILES = (PROJECT_FILE, "features/opening.feature", "steps/opening.py", "pages/opening.py")
IGNORED = ".masuk/"


def new_project(folder: Path, pipeline: str | None, say: Callable[[str], None]) -> None:
    """Make `folder` a project, with a pipeline for one of PIPELINES if it is named.

    Files that are there are kept as they are; only .gitignore gets a line more. Raises UsageError for a folder that is
    a project already or can't be written to, and for a pipeline that is there already, with nothing written.
    """
    if (folder / PROJECT_FILE).exists():
        raise UsageError(f"{folder / PROJECT_FILE} is there already: this folder is a project. Try: masuk run")
    if pipeline is not None and (folder / PIPELINES[pipeline]).exists():
        raise UsageError(f"{folder / PIPELINES[pipeline]} is there already. Move it, or leave out --pipeline.")
    demand_folder(folder, "Name another folder")
    for name in FILES:
        _write(folder / name, _template(name), say)
    if pipeline is not None:
        text = _template(f"pipelines/{pipeline}").replace("VERSION", version("masuk"))
        _write(folder / PIPELINES[pipeline], text, say)
    _ignore(folder / ".gitignore", say)
    say("\nNext: masuk run                       # the default suite and features/, on the reference app")
    say("      masuk new app mine --apk FILE   # begin the profile of your own app")


def _template(name: str) -> str:
    return (files(__package__) / "templates" / f"{name}.template").read_text(encoding="utf-8")


def _write(path: Path, text: str, say: Callable[[str], None]) -> None:
    if path.exists():
        say(f"kept   {path}")
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    say(f"wrote  {path}")


def _ignore(path: Path, say: Callable[[str], None]) -> None:
    """Keep what runs leave out of git."""
    there = path.read_text(encoding="utf-8") if path.exists() else ""
    if IGNORED in there.split():
        return
    separator = "\n" if there and not there.endswith("\n") else ""
    path.write_text(f"{there}{separator}{_template('gitignore')}", encoding="utf-8")
    say(f"wrote  {path}")
