"""The one table, in Markdown, and the same with every sample as JSON."""

import json
import os
import platform
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from benchmarks.series import Series

COLUMNS = ("what", "median", "min to max", "n")


def machine() -> dict[str, str | int | float]:
    """What the measures depend on. `load` is the one of the last minute before them: more than 0.5 spoils them."""
    found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return {
        "when": datetime.now().astimezone().isoformat(timespec="seconds"),
        "processor": found[1] if found else platform.machine(),
        "cores": os.cpu_count() or 0,
        "load": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
    }


def as_markdown(series: Sequence[Series]) -> str:
    """One row a series."""
    rows = [COLUMNS, *(_row(one) for one in series)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    lines = [_line(row, widths) for row in rows]
    lines.insert(1, _line(tuple("-" * width for width in widths), widths))
    return "\n".join(lines)


def write_json(path: Path, facts: dict[str, str | int | float], series: Sequence[Series]) -> None:
    """Every sample, for comparing runs."""
    content = {
        "machine": facts,
        "series": [{"name": one.name, "unit": one.unit.value, "samples": one.samples} for one in series],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def _row(one: Series) -> tuple[str, ...]:
    digits, unit = one.unit.digits, one.unit.value
    spread = f"{one.low:.{digits}f} to {one.high:.{digits}f}" if len(one.samples) > 1 else ""
    return one.name, f"{one.median:.{digits}f} {unit}", spread, str(len(one.samples))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)) + " |"
