"""Folders with the tools that set-up has made, and devices, logs, results and report of their own."""

from pathlib import Path

from masuk.errors import SetupError
from masuk.toolchain import Toolchain

SHARED = ("apps", "authority", "handset", "jars", "node", "signing")


def home_of_its_own(root: Path) -> Toolchain:
    """Make `root`, which is there, such a folder. Raises SetupError when a tool is missing."""
    made = Toolchain.default()
    for name in SHARED:
        if not (made.root / name).exists():
            raise SetupError(f"The toolchain is not complete: {made.root / name} is missing. Run: make setup")
        if not (root / name).exists():
            (root / name).symlink_to(made.root / name)
    return Toolchain(root)
