"""Parts of a run for several machines: each runs one of them, and together they run every scenario once.

All have to see the same scenarios and the same durations; nothing else is agreed between them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from masuk.base.errors import UsageError


@dataclass(frozen=True)
class Shard:
    """The `number`th part of `count`, counted from 1."""

    number: int
    count: int

    @classmethod
    def parse(cls, text: str) -> "Shard":
        """A part written as 2/5. Raises UsageError for anything else."""
        found = re.fullmatch(r"(\d+)/(\d+)", text)
        shard = cls(int(found[1]), int(found[2])) if found else None
        if shard is None or not 1 <= shard.number <= shard.count:
            raise UsageError(f'--shard "{text}": is no part of a run. Write the second of five as 2/5.')
        return shard

    def __str__(self) -> str:
        return f"{self.number}/{self.count}"

    def of(self, scenarios: Iterable[str], seconds: Mapping[str, float]) -> set[str]:
        """The scenarios of this part, so that all parts take about as long.

        `seconds` is what scenarios took; one that is not in there is taken for a usual one. The longest are dealt out
        first, each to the part that has least to do.
        """
        usual = median(seconds.values()) if seconds else 1.0
        loads = [0.0] * self.count
        mine: set[str] = set()
        for name in sorted(set(scenarios), key=lambda name: (-seconds.get(name, usual), name)):
            lightest = loads.index(min(loads))
            loads[lightest] += seconds.get(name, usual)
            if lightest == self.number - 1:
                mine.add(name)
        return mine
