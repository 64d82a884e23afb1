"""Where the time of a whole run goes: all scenarios on two handsets, by kind of step and by kind of request."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.rig import Rig
from benchmarks.scenarios import SCENARIO, run_time
from benchmarks.series import Series, Unit

ON_TWO = ("-n", "2")
ANSWERED = re.compile(r"<-- (\w+) (\S+) \d+ (\d+) ms")
REQUESTS = {
    "pictures": re.compile(r"GET .*/screenshot"),
    "screen trees": re.compile(r"GET .*/source"),
    "sessions": re.compile(r"POST /session$|DELETE"),
    "finding elements": re.compile(r"POST .*/elements?$"),
}


def measures(rig: Rig) -> Iterator[Series]:
    """One run of everything and one of a single scenario; sums are over both handsets."""
    verdicts = rig.toolchain.root / "verdicts.json"
    whole = run_time(rig, *ON_TWO, "--verdicts", str(verdicts))
    count = len(json.loads(verdicts.read_text(encoding="utf-8")))
    steps, requests = _steps(rig.toolchain.root / "results"), _requests(rig.toolchain.root / "logs")
    one = run_time(rig, SCENARIO, *ON_TWO)
    yield _seconds(f"{count} scenarios on two handsets", whole)
    yield _seconds("one scenario on two handsets", one)
    yield _seconds("each further scenario", (whole - one) / (count - 1))
    for kind, total in steps.items():
        yield _seconds(f"{count} scenarios: in {kind} steps", total)
    for kind, total in requests.items():
        yield _seconds(f"{count} scenarios: Appium, {kind}", total)


def _seconds(name: str, value: float) -> Series:
    return Series(name, Unit.SECONDS, (value,))


def _steps(results: Path) -> dict[str, float]:
    """Seconds in steps by what they are for, "And" counted with what it continues, and around all steps."""
    spent: defaultdict[str, float] = defaultdict(float)
    for path in results.glob("*-result.json"):
        result = json.loads(path.read_text(encoding="utf-8"))
        kind, inside = "Given", 0.0
        for step in result.get("steps", []):
            keyword = step["name"].partition(" ")[0]
            kind = kind if keyword in {"And", "But"} else keyword
            taken = (step["stop"] - step["start"]) / 1000
            spent[kind] += taken
            inside += taken
        spent["no"] += (result["stop"] - result["start"]) / 1000 - inside
    return dict(sorted(spent.items()))


def _requests(logs: Path) -> dict[str, float]:
    """Seconds that Appium took for its answers, by kind, the most first."""
    spent: dict[str, float] = dict.fromkeys((*REQUESTS, "everything else"), 0.0)
    for log in logs.glob("gw*/appium.log"):
        for method, path, milliseconds in ANSWERED.findall(log.read_text(encoding="utf-8", errors="replace")):
            request = f"{method} {path}"
            kind = next((kind for kind, pattern in REQUESTS.items() if pattern.match(request)), "everything else")
            spent[kind] += int(milliseconds) / 1000
    return dict(sorted(spent.items(), key=lambda item: -item[1]))
