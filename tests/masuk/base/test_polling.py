"""Waiting for a condition."""

import math
import threading

import pytest

from masuk.base.errors import NotReached
from masuk.base.polling import Moment, Punctuality, punctuality, until


def test_it_returns_what_the_probe_found() -> None:
    found = iter([None, "", "there"])
    assert until(lambda: next(found), "something", timeout=5, interval=0.001) == "there"


def test_in_vain_it_says_what_for_how_long_and_what_was_seen() -> None:
    with pytest.raises(NotReached, match=r"Waited .* attempts\) for the moon, in vain\. Last seen: clouds\. Look up\."):
        until(lambda: None, "the moon", timeout=0.05, interval=0.01, seen=lambda: "clouds", hint="Look up.")


@pytest.mark.parametrize(("timeout", "interval"), [(0, 0.1), (1, 1), (1, 2), (-1, -2), (1, 0)])
def test_times_must_make_sense(timeout: float, interval: float) -> None:
    with pytest.raises(ValueError, match="greater than interval"):
        until(lambda: True, "anything", timeout=timeout, interval=interval)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long each pause was asked to be; none is made."""
    asked: list[float] = []

    class Pause:
        def wait(self, seconds: float) -> None:
            asked.append(seconds)

    monkeypatch.setattr(threading, "Event", Pause)
    return asked


def test_it_looks_soon_at_first_and_then_at_the_usual_interval(pauses: list[float]) -> None:
    looks = iter([None] * 8)
    assert until(lambda: next(looks, "there"), "something", timeout=60) == "there"
    assert pauses == pytest.approx([0.02, 0.03, 0.045, 0.05, 0.05, 0.05, 0.05, 0.05])


def test_an_interval_that_is_asked_for_stays(pauses: list[float]) -> None:
    looks = iter([None] * 3)
    assert until(lambda: next(looks, "there"), "something", timeout=60, interval=0.2) == "there"
    assert pauses == [0.2, 0.2, 0.2]


class Clock:
    """Stands still unless something takes time; a pause takes as long as it was asked to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        clock = self

        class Pause:
            def wait(self, seconds: float) -> None:
                clock.now += max(seconds, 0.001)

        monkeypatch.setattr(threading, "Event", Pause)

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


class Looks:
    """An eye that takes `slow` seconds for each look: what it sees is there from `comes` until `goes`."""

    def __init__(self, clock: Clock, comes: float, goes: float = math.inf, slow: float = 0.02) -> None:
        self.clock, self.comes, self.goes, self.slow = clock, comes, goes, slow

    def __call__(self) -> bool:
        self.clock.now += self.slow
        return self.comes <= self.clock.now < self.goes


TAP = Moment(100, 100)


@pytest.mark.parametrize("comes", [100, 100.5, 101])
def test_what_comes_before_its_time_is_over_is_in_time(clock: Clock, comes: float) -> None:
    assert punctuality(Looks(clock, comes), TAP, 1, clock=clock) is Punctuality.IN_TIME


@pytest.mark.parametrize("comes", [101.2, 102.5, math.inf])
def test_what_comes_later_is_late(clock: Clock, comes: float) -> None:
    assert punctuality(Looks(clock, comes), TAP, 1, clock=clock) is Punctuality.LATE


def test_the_time_counts_from_the_latest_moment_that_it_can_have_begun(clock: Clock) -> None:
    assert punctuality(Looks(clock, 102.5), Moment(100, 102), 1, clock=clock) is Punctuality.IN_TIME


def test_a_machine_that_looks_for_the_first_time_when_it_is_over_knows_nothing(clock: Clock) -> None:
    clock.now = 104
    assert punctuality(Looks(clock, 100), TAP, 1, clock=clock) is Punctuality.UNKNOWN


def test_a_look_that_takes_longer_than_the_time_accuses_nobody(clock: Clock) -> None:
    assert punctuality(Looks(clock, 103, slow=1.5), TAP, 1, clock=clock) is not Punctuality.LATE


def test_what_may_have_come_and_gone_is_not_late(clock: Clock) -> None:
    looks = Looks(clock, 100, goes=102)
    clock.now = 103
    assert punctuality(looks, TAP, 1, void_after=2, clock=clock) is Punctuality.UNKNOWN
    clock.now = 103
    assert punctuality(looks, TAP, 1, clock=clock) is Punctuality.LATE
