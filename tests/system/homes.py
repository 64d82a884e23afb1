"""Folders of a test's own: with the tools that set-up has made, for what a run writes; and copies of the project."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from masuk.base.errors import SetupError
from masuk.toolchain.tools import Toolchain
from tests.checkout import CHECKOUT

SHARED = ("apps", "authority", "handset", "jars", "node", "signing")


def home_of_its_own(root: Path) -> Toolchain:
    """Make `root`, which is there, such a folder. Raises SetupError when a tool is missing."""
    made = Toolchain.default()
    for name in SHARED:
        if not (made.root / name).exists():
            raise SetupError(f"The toolchain is not complete: {made.root / name} is missing. Run: masuk setup")
        if not (root / name).exists():
            (root / name).symlink_to(made.root / name)
    return Toolchain(root)


def copy_of_project(target: Path, parts: Sequence[str]) -> Path:
    """Copy files and folders of the checkout to `target`, to be written into; the tools are shared."""
    for part in parts:
        source = CHECKOUT / part
        if source.is_dir():
            shutil.copytree(source, target / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, target / part)
    (target / ".masuk").symlink_to(CHECKOUT / ".masuk")
    return target
