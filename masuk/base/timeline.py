"""What happened in a scenario, in order, with times."""

import time
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Entry:
    """Something that happened: seconds since the scenario's start, and a sentence."""

    seconds: float
    text: str


class Timeline:
    """The faults, launches and other acts of one scenario."""

    def __init__(self) -> None:
        self.began = datetime.now().astimezone()
        self._start = time.monotonic()
        self.entries: list[Entry] = []

    def note(self, text: str) -> None:
        """Write down what happens now."""
        self.entries.append(Entry(time.monotonic() - self._start, text))

    def __str__(self) -> str:
        lines = [f"{entry.seconds:8.3f} s  {entry.text}" for entry in self.entries]
        return "\n".join([f"scenario began at {self.began.isoformat(timespec='milliseconds')}", *lines])
