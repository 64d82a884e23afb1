"""Waiting for a condition, with a message that says what was last seen."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from masuk.errors import NotReached

T = TypeVar("T")
Seconds = float
USUAL_INTERVAL: Seconds = 0.05


def until(
    probe: Callable[[], T | None],
    what: str,
    *,
    timeout: Seconds,
    interval: Seconds = USUAL_INTERVAL,
    seen: Callable[[], object] | None = None,
    hint: str = "",
) -> T:
    """Call `probe` until it returns something true, and return that.

    `what` completes "waited for …". `seen` describes the last state for the message. Raises ValueError unless
    timeout > interval > 0, and NotReached when the time is over.
    """
    if not timeout > interval > 0:
        raise ValueError(f"timeout ({timeout:g} s) must be greater than interval ({interval:g} s), and both positive")
    start = time.monotonic()
    pause = threading.Event()
    attempts = 0
    while True:
        attempts += 1
        result = probe()
        if result:
            return result
        elapsed = time.monotonic() - start
        if elapsed + interval > timeout:
            break
        pause.wait(interval)
    last = f" Last seen: {seen()}." if seen else ""
    raise NotReached(
        f"Waited {elapsed:.1f} s ({attempts} attempts) for {what}, in vain.{last}{f' {hint}' if hint else ''}"
    )
