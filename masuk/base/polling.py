"""Waiting for a condition, with a message that says what was last seen."""

import itertools
import math
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from masuk.base.errors import NotReached

T = TypeVar("T")
Seconds = float
FIRST_INTERVAL: Seconds = 0.02
USUAL_INTERVAL: Seconds = 0.05
RESOLUTION: Seconds = 0.05
"""What a promised time is measured to: the pause between two looks."""
GROWTH = 1.5
"""Most of what is waited for comes at once, and what does not is not looked for so often that it comes even later."""


def until(
    probe: Callable[[], T | None],
    what: str,
    *,
    timeout: Seconds,
    interval: Seconds | None = None,
    seen: Callable[[], object] | None = None,
    hint: str = "",
) -> T:
    """Call `probe` until it returns something true, and return that.

    Between two calls it pauses for `interval`, or for more and more until that is USUAL_INTERVAL. `what` completes
    "waited for …". `seen` describes the last state for the message. Raises ValueError unless timeout > interval > 0,
    and NotReached when the time is over.
    """
    pauses = _growing() if interval is None else itertools.repeat(interval)
    first = FIRST_INTERVAL if interval is None else interval
    if not timeout > first > 0:
        raise ValueError(f"timeout ({timeout:g} s) must be greater than interval ({first:g} s), and both positive")
    start = time.monotonic()
    pause = threading.Event()
    attempts = 0
    while True:
        attempts += 1
        result = probe()
        if result:
            return result
        elapsed, next_pause = time.monotonic() - start, next(pauses)
        if elapsed + next_pause > timeout:
            break
        pause.wait(next_pause)
    last = f" Last seen: {seen()}." if seen else ""
    raise NotReached(
        f"Waited {elapsed:.1f} s ({attempts} attempts) for {what}, in vain.{last}{f' {hint}' if hint else ''}"
    )


def _growing() -> Iterator[Seconds]:
    pause = FIRST_INTERVAL
    while True:
        yield pause
        pause = min(pause * GROWTH, USUAL_INTERVAL)


@dataclass(frozen=True)
class Moment:
    """When something happened, as far as can be known: between two times of the monotonic clock, in seconds."""

    earliest: float
    latest: float


class Punctuality(Enum):
    """Whether something came in time."""

    IN_TIME = "in time"
    LATE = "late"
    UNKNOWN = "unknown"
    """Nobody looked when it mattered."""


def punctuality(
    probe: Callable[[], bool],
    since: Moment,
    seconds: Seconds,
    *,
    void_after: Seconds = math.inf,
    clock: Callable[[], float] = time.monotonic,
) -> Punctuality:
    """Call `probe` until it returns true or its time is over: `seconds` after `since`.

    A slow machine makes a call begin late or take long, and neither says anything about what is looked for. So LATE
    needs a call that began after the time and found nothing, and IN_TIME a call that began before it was over and found
    something. A call that ended more than `void_after` seconds after `since` proves no lateness: by then what is looked
    for may have come and gone.
    """
    end, void = since.latest + seconds, since.earliest + void_after
    pause = threading.Event()
    while True:
        began = clock()
        found = probe()
        if found:
            return Punctuality.IN_TIME if began <= end + RESOLUTION else Punctuality.UNKNOWN
        now = clock()
        if now > void:
            return Punctuality.UNKNOWN
        if began >= end:
            return Punctuality.LATE
        pause.wait(min(USUAL_INTERVAL, max(0.0, end - now)))
