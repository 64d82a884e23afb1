"""Why processes of apps have ended, as Android keeps it for `dumpsys activity exit-info`."""

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

KEPT = 16
FOREGROUND, CACHED = 100, 400
"""Records of a package, as on Android."""


class Reason(Enum):
    """Android's numbers and words."""

    EXIT_SELF = (1, "EXIT_SELF")
    SIGNALED = (2, "SIGNALED")
    CRASH = (4, "APP CRASH(EXCEPTION)")
    USER_REQUESTED = (10, "USER REQUESTED")


@dataclass(frozen=True)
class Exit:
    """One end of a process: seconds since the epoch, and an exit code or the number of a signal."""

    at: float
    pid: int
    reason: Reason
    status: int
    importance: int = FOREGROUND

    @property
    def description(self) -> str:
        """Android's own word about it."""
        return "crash" if self.reason is Reason.CRASH else "null"


class ExitHistory:
    """The last ends of each package's processes, newest first. `now` tells seconds since the epoch."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._exits: defaultdict[str, deque[Exit]] = defaultdict(lambda: deque(maxlen=KEPT))
        self._requested: set[int] = set()

    def request(self, pid: int) -> None:
        """Say that the end of a process, which is about to come, was asked for."""
        self._requested.add(pid)

    def record(self, package: str, pid: int, code: int, *, crashed: bool, in_front: bool) -> None:
        """Keep the end of a process; `code` is negative for a signal."""
        if crashed:
            reason = Reason.CRASH
        elif pid in self._requested:
            reason = Reason.USER_REQUESTED
        else:
            reason = Reason.SIGNALED if code < 0 else Reason.EXIT_SELF
        self._requested.discard(pid)
        status = 0 if reason in {Reason.CRASH, Reason.USER_REQUESTED} else abs(code)
        self._exits[package].appendleft(Exit(self._now(), pid, reason, status, FOREGROUND if in_front else CACHED))

    def of(self, package: str) -> list[Exit]:
        """The ends of a package's processes, newest first."""
        return list(self._exits[package])
