"""A home of few small jars, and a stand-in for the baker, which links no framework."""

import sys
import zipfile
from pathlib import Path

import pytest

from handset.base.home import Home
from handset.runtime.bake import baker
from handset.runtime.bake.baker import bake_framework
from handset.runtime.bake.layout import Bake

NATIVE_FOLDER = "native/linux/x86_64/"
STAND_IN = """
import pathlib, sys
print('progress\\t40')
pathlib.Path(sys.argv[1]).write_text('linked')
print('site\\t3\\tbootstrap shadow')
"""


def write_jar(path: Path, entries: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as target:
        for name, content in entries.items():
            target.writestr(name, content)


def stand_in(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    def command(_home: Home, bake: Bake, _android: Path) -> list[str]:
        return [sys.executable, "-c", program, str(bake.jar)]

    monkeypatch.setattr(baker, "_baker_command", command)


def baked(home: Home) -> tuple[Bake, list[str]]:
    """A bake and what was said while it was made."""
    said: list[str] = []
    return bake_framework(home, NATIVE_FOLDER, said.append), said
