"""The versions with which the private parts of pytest and pytest-bdd were tried, and that nobody else uses them."""

import re
from importlib.metadata import version

from tests.checkout import CHECKOUT

TRIED = {"pytest": "9.2", "pytest-bdd": "9.0"}
PRIVATE = re.compile(r"^\s*(?:from|import) (?:_pytest|pytest_bdd\.\w+)", re.MULTILINE)


def test_they_were_tried_with_these_versions() -> None:
    """After an upgrade look at each name in that module, run all tests, and name the new version here."""
    assert {name: version(name).rpartition(".")[0] for name in TRIED} == TRIED


def test_one_module_uses_them() -> None:
    found = [path for path in (CHECKOUT / "masuk").rglob("*.py") if PRIVATE.search(path.read_text(encoding="utf-8"))]
    assert [path.name for path in found] == ["pytest_internals.py"]
