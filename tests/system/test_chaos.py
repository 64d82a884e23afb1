"""A part of a run is killed: no wrong verdict, nothing left behind, and the next run is green.

One kill of each kind; `python -m tests.system.chaos` does more.
"""

from pathlib import Path

import pytest

from tests.system.chaos import TARGETS, strike
from tests.system.homes import home_of_its_own


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A toolchain's folder with devices of its own."""
    return home_of_its_own(tmp_path_factory.mktemp("chaos")).root


@pytest.mark.parametrize(("kind", "seed"), [(kind, seed) for seed, kind in enumerate(TARGETS)])
def test_whatever_is_killed_nobody_is_accused_and_the_next_run_is_green(kind: str, seed: int, home: Path) -> None:
    aftermath = strike(kind, home, seed, short=True)
    assert not aftermath.faults, aftermath.output
