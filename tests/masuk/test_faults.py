"""The board: nothing is asserted under a fault that is not proven, and everything is restored."""

from typing import ClassVar

import pytest

from masuk.errors import DeviceError, FaultNotProven
from masuk.faults.catalogue import FAULTS
from masuk.faults.fault import Fault, FaultBoard, unproven
from masuk.timeline import Timeline


class Recorded(Fault):
    """Writes down what is done to it, and may lie or fail."""

    name = "recorded"
    sentence = "For tests."
    needs: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, acts: list[str], label: str = "a", *, takes: bool = True, restores: bool = True) -> None:
        self.acts = acts
        self.label = label
        self.takes = takes
        self.restores = restores

    def inject(self) -> None:
        self.acts.append(f"inject {self.label}")

    def prove(self) -> str:
        if not self.takes:
            raise unproven("it should be broken", "it works", "Look again.")
        return "seen to be broken"

    def restore(self) -> None:
        self.acts.append(f"restore {self.label}")
        if not self.restores:
            raise DeviceError("can't be undone")


@pytest.fixture
def timeline() -> Timeline:
    return Timeline()


@pytest.fixture
def board(timeline: Timeline) -> FaultBoard:
    return FaultBoard(timeline)


def test_a_fault_that_does_not_take_is_an_error_and_is_restored(board: FaultBoard, timeline: Timeline) -> None:
    acts: list[str] = []
    with pytest.raises(FaultNotProven, match="it should be broken, but it works"):
        board.inject(Recorded(acts, takes=False))
    board.restore_all()
    assert acts == ["inject a", "restore a"]
    assert "NOT PROVEN" in str(timeline)


def test_restoring_goes_backwards_and_happens_once(board: FaultBoard) -> None:
    acts: list[str] = []
    board.inject(Recorded(acts, "a"))
    board.inject(Recorded(acts, "b"))
    board.restore_all()
    board.restore_all()
    assert acts == ["inject a", "inject b", "restore b", "restore a"]


def test_one_that_fails_to_restore_does_not_keep_the_others(board: FaultBoard) -> None:
    acts: list[str] = []
    board.inject(Recorded(acts, "a"))
    board.inject(Recorded(acts, "b", restores=False))
    with pytest.raises(DeviceError, match="can't be undone"):
        board.restore_all()
    assert acts[-1] == "restore a"


def test_a_remedy_restores_its_kind_only(board: FaultBoard) -> None:
    class Other(Recorded):
        """Another kind."""

    acts: list[str] = []
    board.inject(Recorded(acts, "a"))
    board.inject(Other(acts, "b"))
    board.restore(Other)
    assert acts == ["inject a", "inject b", "restore b"]


def test_every_fault_says_what_it_is_and_what_it_needs() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)
    for fault in FAULTS:
        assert fault.sentence.endswith(".")
        assert fault.needs
