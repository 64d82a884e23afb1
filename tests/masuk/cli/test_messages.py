"""What people read when they have given wrong input: word by word, with the exit code, and nothing half-written.

Each file of messages/ is a case: the command, the files that it finds where it is started, and after a line of `=` what
it says. Write a new one with nothing after that line, run this with WRITE_MESSAGES=1, and read what it has become.
"""

import os
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

import pytest

from masuk.cli import main, scenario_runs
from tests.checkout import CHECKOUT

FOLDER = Path(__file__).with_name("messages")
CASES = sorted(path.stem for path in FOLDER.glob("*.txt"))
SAYS = "=" * 20
FILE = re.compile(r"^--- (\S+)\n(.*?)(?=^--- |\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Case:
    """A wrong input and what is said about it."""

    path: Path

    @property
    def _parts(self) -> tuple[str, str]:
        given, _, said = self.path.read_text(encoding="utf-8").partition(f"{SAYS}\n")
        return given, said

    @property
    def _words(self) -> list[str]:
        return shlex.split(self._parts[0].splitlines()[0].removeprefix("$ "))

    @property
    def command(self) -> list[str]:
        """The words after `masuk`."""
        return self._words[self._words.index("masuk") + 1 :]

    @property
    def environment(self) -> dict[str, str]:
        """What stands before `masuk`."""
        return dict(word.split("=", 1) for word in self._words[: self._words.index("masuk")])

    @property
    def files(self) -> dict[str, str]:
        """Their content by name; one that ends with a slash is a folder."""
        return dict(FILE.findall(self._parts[0]))

    @property
    def said(self) -> str:
        """What is said, and the exit code."""
        return self._parts[1]

    def write(self, said: str) -> None:
        """Take this for right."""
        self.path.write_text(f"{self._parts[0]}{SAYS}\n{said}", encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_what_is_said_about_wrong_input(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = Case(FOLDER / f"{name}.txt")
    _make(case, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(scenario_runs, "_run_here", _begun)
    for variable in [name for name in os.environ if name.startswith("MASUK_") and name != "MASUK_HOME"]:
        monkeypatch.delenv(variable)
    for variable, value in case.environment.items():
        monkeypatch.setenv(variable, value)
    before = _content(tmp_path)
    try:
        code: object = main.main(case.command)
    except SystemExit as ended:
        code = ended.code
    printed = capsys.readouterr()
    said = f"{_settled(printed.out + printed.err, tmp_path)}exit code {code}\n"
    if os.environ.get("WRITE_MESSAGES") and not case.said:
        case.write(said)
    assert said == case.said
    assert code == 4
    assert _content(tmp_path) == before, "something was written"


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 60


def _settled(text: str, here: Path) -> str:
    """Without what differs from machine to machine, and from one version of argparse to the next."""
    text = re.sub(r"^usage: .*?(?=^masuk)", "", text, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"\(choose from .*?\)", lambda found: found[0].replace("'", ""), text)
    return text.replace(str(here), "HERE").replace(str(CHECKOUT), "CHECKOUT")


def _begun(*command: object) -> None:
    raise AssertionError(f"the run has begun in spite of wrong input: {command}")


def _make(case: Case, folder: Path) -> None:
    for name, content in case.files.items():
        target = folder / name
        if name.endswith("/"):
            target.mkdir(parents=True)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.encode("latin-1"))  # so that a case can hold bytes that are no UTF-8
            target.chmod(0o755 if content.startswith("#!") else 0o644)


def _content(folder: Path) -> dict[Path, bytes | None]:
    return {path: path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}
