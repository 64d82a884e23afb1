"""The device's diary: one JSON line per adb service, shell command, HTTP call and process event."""

import json
import time
from pathlib import Path
from types import TracebackType
from typing import Self

MAX_BYTES = 32 << 20
MAX_TEXT = 400


class Trace:
    """Appends records to a file. Callers never pass what a user typed into a field."""

    def __init__(self, path: Path) -> None:
        """Open `path` for appending; a file over 32 MiB is kept once as `NAME.old`."""
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > MAX_BYTES:
            path.replace(path.with_suffix(path.suffix + ".old"))
        self.path = path
        self._file = path.open("a", encoding="utf-8", errors="backslashreplace")

    def record(self, kind: str, what: str, **facts: object) -> None:
        """Write one line: `kind` (adb, shell, http, process, MISSING, …), `what` happened, and facts about it."""
        if self._file.closed:
            return
        line = {"time": round(time.time(), 3), "kind": kind, "what": what[:MAX_TEXT]}
        line.update({name: _shortened(value) for name, value in facts.items()})
        self._file.write(json.dumps(line, ensure_ascii=False, default=str) + "\n")
        self._file.flush()

    def close(self) -> None:
        """Close the file; later records are dropped."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def _shortened(value: object) -> object:
    if isinstance(value, str) and len(value) > MAX_TEXT:
        return value[:MAX_TEXT] + "…"
    return value
