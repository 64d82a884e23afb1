"""Waiting for a condition, with a message that says what was last seen."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from masuk.errors import NotReached

T = TypeVar("T")
Seconds = float
FIRST_INTERVAL: Seconds = 0.02
USUAL_INTERVAL: Seconds = 0.05
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
