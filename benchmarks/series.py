"""What was measured: named series of samples in one unit."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class Unit(Enum):
    """The unit of a series, and how many digits of it are worth printing."""

    SECONDS = "s"
    MILLISECONDS = "ms"
    MEGABYTES = "MB"
    CPU_SECONDS = "CPU s"
    RATIO = "to 1"
    COUNT = "times"
    PER_MINUTE = "a minute"

    @property
    def digits(self) -> int:
        """Decimal places."""
        whole = {Unit.MEGABYTES: 0, Unit.COUNT: 0}
        return {**whole, Unit.MILLISECONDS: 1, Unit.PER_MINUTE: 1}.get(self, 2)


@dataclass(frozen=True)
class Series:
    """At least one sample of the same thing."""

    name: str
    unit: Unit
    samples: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle sample."""
        return statistics.median(self.samples)

    @property
    def low(self) -> float:
        """The smallest sample."""
        return min(self.samples)

    @property
    def high(self) -> float:
        """The largest sample."""
        return max(self.samples)


def seconds(act: Callable[[], object]) -> float:
    """How long one call takes, by the wall's clock."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def timed(name: str, act: Callable[[], object], times: int) -> Series:
    """A series in milliseconds of something that needs nothing done in between."""
    return Series(name, Unit.MILLISECONDS, tuple(seconds(act) * 1000 for _ in range(times)))
