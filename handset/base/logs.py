"""The device's log: a ring of entries, logcat's formats and filters."""

import asyncio
import os
import re
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

LEVELS = "VDIWEFS"
CAPACITY = 20_000
FORMATS = ("threadtime", "brief", "time", "raw", "tag", "process", "long")


@dataclass(frozen=True)
class LogEntry:
    """One line of log. `time` is seconds since the epoch, `level` a letter of VDIWEF."""

    time: float
    pid: int
    tid: int
    level: str
    tag: str
    message: str
    buffer: str = "main"

    def format(self, style: str = "threadtime") -> str:
        """The entry as logcat prints it in a style of FORMATS, one line per line of its message."""
        lines = self.message.split("\n")
        return "".join(self._line(style, line) + "\n" for line in lines)

    def _line(self, style: str, message: str) -> str:
        stamp = time.strftime("%m-%d %H:%M:%S", time.localtime(self.time)) + f".{int(self.time * 1000) % 1000:03d}"
        tag, pid = f"{self.level}/{self.tag:<8}", f"{self.pid:5d}"
        lines = {
            "raw": message,
            "tag": f"{tag}: {message}",
            "brief": f"{tag}({pid}): {message}",
            "process": f"{self.level}({pid}) {message}  ({self.tag})",
            "time": f"{stamp} {tag}({pid}): {message}",
            "long": f"[ {stamp} {pid}:{self.tid:5d} {tag} ]\n{message}\n",
            "threadtime": f"{stamp} {pid} {self.tid:5d} {self.level} {self.tag:<8}: {message}",
        }
        return lines[style]


class LogBuffer:
    """The last entries, and the queues of those who follow them. `now` tells seconds since the epoch."""

    def __init__(self, capacity: int = CAPACITY, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._entries: deque[LogEntry] = deque(maxlen=capacity)
        self._followers: set[asyncio.Queue[LogEntry]] = set()

    def add(
        self,
        level: str,
        tag: str,
        message: str,
        *,
        pid: int | None = None,
        tid: int | None = None,
        buffer: str = "main",
    ) -> LogEntry:
        """Append an entry now; `pid` defaults to the daemon's, which stands for system_server."""
        pid = os.getpid() if pid is None else pid
        entry = LogEntry(self._now(), pid, pid if tid is None else tid, level, tag, message, buffer)
        self._entries.append(entry)
        for follower in self._followers:
            follower.put_nowait(entry)
        return entry

    def entries(self) -> list[LogEntry]:
        """What is kept, oldest first."""
        return list(self._entries)

    def clear(self, buffers: Iterable[str]) -> None:
        """Forget the entries of the named buffers."""
        gone = set(buffers)
        kept = [entry for entry in self._entries if entry.buffer not in gone]
        self._entries.clear()
        self._entries.extend(kept)

    @contextmanager
    def follow(self) -> Iterator[asyncio.Queue[LogEntry]]:
        """A queue that receives every new entry until the block is left."""
        queue: asyncio.Queue[LogEntry] = asyncio.Queue()
        self._followers.add(queue)
        try:
            yield queue
        finally:
            self._followers.discard(queue)


@dataclass
class LogFilter:
    """Which entries a reader wants: filter specs such as `Login:D *:S`, a pid, buffers, a pattern."""

    tags: dict[str, str] = field(default_factory=dict)
    default: str = "V"
    pid: int | None = None
    buffers: frozenset[str] | None = None
    pattern: re.Pattern[str] | None = None

    @classmethod
    def parse(cls, specs: Iterable[str], *, silent: bool = False) -> "LogFilter":
        """Read `TAG[:LEVEL]` specs; `silent` is logcat's -s. Raises ValueError for a level that does not exist."""
        tags: dict[str, str] = {}
        default = "S" if silent else "V"
        for spec in specs:
            tag, _, level = spec.rpartition(":") if ":" in spec else (spec, "", "V")
            level = (level or "V").upper().replace("*", "V")
            if level not in LEVELS:
                raise ValueError(f"Invalid filter expression '{spec}': the level is one of {' '.join(LEVELS)}")
            if tag == "*":
                default = level
            else:
                tags[tag] = level
        return cls(tags, default)

    def accepts(self, entry: LogEntry) -> bool:
        """Whether the reader wants this entry."""
        if self.pid is not None and entry.pid != self.pid:
            return False
        if self.buffers is not None and entry.buffer not in self.buffers:
            return False
        if self.pattern is not None and not self.pattern.search(entry.message):
            return False
        threshold = self.tags.get(entry.tag, self.default)
        return threshold != "S" and LEVELS.index(entry.level) >= LEVELS.index(threshold)
