"""Waiting for a condition."""

import threading

import pytest

from masuk.errors import NotReached
from masuk.waiting import until


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
