"""The board: nothing is asserted under a fault that is not proven, and everything is restored."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import ClassVar

import pytest
from typing_extensions import override

from masuk.base.errors import DeviceError, FaultNotProven, NotServed, UsageError
from masuk.faults.bench import Bench, Need
from masuk.faults.fault import Fault, FaultBoard, unproven
from masuk.services.backend import Backend
from masuk.services.backend.journal import Request


@dataclass(frozen=True)
class Stage(Bench):
    """A bench that notes what these faults do, and has needs that are met or not."""

    acts: list[str] = field(default_factory=list)
    missing: dict[Need, str] = field(default_factory=dict)

    @override
    def lacks(self, need: Need) -> str | None:
        return self.missing.get(need)


class Recorded(Fault):
    """Writes down what is done to it."""

    name = "recorded"
    sentence = "For tests."
    needs: ClassVar[frozenset[Need]] = frozenset({Need.ADB})
    label = "a"

    def act(self, what: str) -> None:
        assert isinstance(self.bench, Stage)
        self.bench.acts.append(f"{what} {self.label}")

    @override
    def prepare(self) -> None:
        self.act("prepare")

    @override
    def inject(self) -> None:
        self.act("inject")

    @override
    def prove(self) -> str:
        return "seen to be broken"

    @override
    def restore(self) -> None:
        self.act("restore")


class Other(Recorded):
    label = "b"


class Untaken(Recorded):
    @override
    def prove(self) -> str:
        raise unproven("it should be broken", "it works", "Look again.")


class Passed(Recorded):
    @override
    def confirm(self) -> None:
        raise unproven("the app should have met it", "it went past it", "Look again.")


class Lasting(Recorded):
    label = "c"

    @override
    def restore(self) -> None:
        super().restore()
        raise DeviceError("can't be undone")


@pytest.fixture
def stage(bench: Bench) -> Stage:
    return Stage(**vars(bench))


@pytest.fixture
def board(stage: Stage) -> FaultBoard:
    return FaultBoard(stage)


def test_a_fault_that_does_not_take_is_an_error_and_is_restored(board: FaultBoard, stage: Stage) -> None:
    with pytest.raises(FaultNotProven, match="it should be broken, but it works"):
        board.inject(Untaken)
    board.restore_all()
    assert stage.acts == ["prepare a", "inject a", "restore a"]
    assert "NOT PROVEN" in str(stage.timeline)


def test_a_fault_that_the_app_went_past_is_not_proven(board: FaultBoard) -> None:
    board.inject(Passed)
    with pytest.raises(FaultNotProven, match="it went past it"):
        board.confirm()


def test_restoring_goes_backwards_and_happens_once(board: FaultBoard, stage: Stage) -> None:
    board.inject(Recorded)
    board.inject(Other)
    stage.acts.clear()
    board.restore_all()
    board.restore_all()
    assert stage.acts == ["restore b", "restore a"]


def test_one_that_fails_to_restore_does_not_keep_the_others(board: FaultBoard, stage: Stage) -> None:
    board.inject(Recorded)
    board.inject(Lasting)
    with pytest.raises(DeviceError, match="can't be undone"):
        board.restore_all()
    assert stage.acts[-2:] == ["restore c", "restore a"]


def test_a_remedy_restores_its_kind_only(board: FaultBoard, stage: Stage) -> None:
    board.inject(Recorded)
    board.inject(Other)
    stage.acts.clear()
    board.restore(Other)
    assert stage.acts == ["restore b"]
    board.restore()
    assert stage.acts == ["restore b", "restore a"]


def test_a_need_that_is_not_met_skips_before_anything_is_done(board: FaultBoard, stage: Stage) -> None:
    stage.missing[Need.ADB] = "there is no device"
    with pytest.raises(NotServed, match="recorded needs adb: there is no device"):
        board.inject(Recorded)
    assert stage.acts == []


def test_a_withheld_fault_is_looked_at_and_nothing_else(stage: Stage) -> None:
    board = FaultBoard(stage, withheld=True)
    fault = board.inject(Untaken)
    board.confirm()
    board.restore_all()
    assert stage.acts == ["prepare a"]
    assert board.seen == [fault]
    assert board.last(Untaken) is fault


class Slow(Recorded):
    lateness = 3.0


class Slower(Recorded):
    lateness = 8.0


@pytest.mark.parametrize("withheld", [False, True])
def test_answers_are_late_as_long_as_a_fault_delays_them_or_would(stage: Stage, withheld: bool) -> None:
    board = FaultBoard(stage, withheld=withheld)
    board.inject(Recorded)
    assert board.lateness == 0
    board.inject(Slow)
    board.inject(Slower)
    assert board.lateness == 11
    board.restore(Slow)
    assert board.lateness == 8
    board.restore()
    assert board.lateness == 0


def test_asking_for_a_fault_that_was_not_injected_is_a_mistake_of_the_scenario(board: FaultBoard) -> None:
    with pytest.raises(UsageError, match="a fault like Other, and none was injected"):
        board.last(Other)


def test_requests_of_the_website_are_not_taken_for_the_apps(board: FaultBoard, stub: Backend) -> None:
    """A member may visit the website while the app is cut off."""
    fault = board.inject(Recorded)
    for of_website in (True, False):
        stub.journal.arrived(Request(datetime.now(UTC), "POST", "/x", {}, b"", of_website=of_website))
    assert [request.of_website for request in fault.arrivals()] == [False]
