"""What `ps` shows: the JVMs of apps by their real pids, and pretended system processes."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

FIRST_PRETENDED_PID = 300
SYSTEM = ((1, "root", "init"), (210, "system", "system_server"), (220, "u0_a50", "com.android.systemui"))

Kill = Callable[[int], Awaitable[None]]


@dataclass(frozen=True)
class ProcessEntry:
    """A process. `kill` takes a signal number; None for a process that only root could kill."""

    pid: int
    name: str
    user: str
    kill: Kill | None = None


class ProcessTable:
    """Processes by pid."""

    def __init__(self) -> None:
        self._entries = {pid: ProcessEntry(pid, name, user) for pid, user, name in SYSTEM}

    def entries(self) -> list[ProcessEntry]:
        """All processes by ascending pid."""
        return [self._entries[pid] for pid in sorted(self._entries)]

    def get(self, pid: int) -> ProcessEntry | None:
        """The process of this pid."""
        return self._entries.get(pid)

    def named(self, name: str) -> list[ProcessEntry]:
        """The processes of exactly this name."""
        return [entry for entry in self.entries() if entry.name == name]

    def add(self, entry: ProcessEntry) -> None:
        """Register a real process."""
        self._entries[entry.pid] = entry

    def pretend(self, name: str, user: str, kill: Kill | None = None) -> ProcessEntry:
        """Register a process that exists on the device only, under an unused pid."""
        pid = FIRST_PRETENDED_PID
        while pid in self._entries:
            pid += 1
        entry = ProcessEntry(pid, name, user, kill)
        self._entries[pid] = entry
        return entry

    def remove(self, pid: int) -> None:
        """Forget a process; unknown pids are ignored."""
        self._entries.pop(pid, None)
