"""Whose failure it is."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

from masuk.base.errors import FaultNotProven, NotServed, UsageError
from masuk.base.output_paths import write_whole


class Verdict(Enum):
    """What a scenario has shown."""

    PASSED = "passed"
    PRODUCT = "product failure"
    INFRASTRUCTURE = "infrastructure failure"
    NOT_PROVEN = "fault not proven"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class DeviceKind:
    """A model of devices with its API level. Both are empty where no device is known."""

    model: str = ""
    api_level: str = ""

    def __str__(self) -> str:
        return f"{self.model}, API level {self.api_level}" if self != NO_DEVICE else ""


NO_DEVICE = DeviceKind()


@dataclass(frozen=True)
class Result:
    """A scenario that has run: its name, its verdict, the seconds it took, and the first line of what went wrong."""

    scenario: str
    verdict: Verdict
    seconds: float
    reason: str = ""
    faults: int = 0
    """How many faults it asked for."""
    device: DeviceKind = NO_DEVICE
    """What it ran on."""

    def facts(self) -> dict[str, Any]:
        """This result as plain values."""
        return {**asdict(self), "verdict": self.verdict.name}

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> "Result":
        """The result of which these are the plain values."""
        given: dict[str, Any] = {"device": {}, **facts}  # earlier versions have written no device
        return cls(**{**given, "verdict": Verdict[given["verdict"]], "device": DeviceKind(**given["device"])})

    def then(self, later: "Result") -> "Result":
        """This result with that of a later phase, which can only make it worse."""
        worse = later.verdict is not Verdict.PASSED and self.verdict in {Verdict.PASSED, Verdict.SKIPPED}
        verdict, reason = (later.verdict, later.reason) if worse else (self.verdict, self.reason)
        seconds = self.seconds + later.seconds
        faults, device = max(self.faults, later.faults), self.device if later.device == NO_DEVICE else later.device
        return replace(self, verdict=verdict, reason=reason, seconds=seconds, faults=faults, device=device)


def titles(results: Iterable[Result]) -> list[str]:
    """The scenarios of results. Each names its device where the same scenario has run on several."""
    results = list(results)
    devices: dict[str, set[DeviceKind]] = {}
    for result in results:
        devices.setdefault(result.scenario, set()).add(result.device)
    return [
        f"{result.scenario} (on {str(result.device) or 'an unknown device'})"
        if len(devices[result.scenario]) > 1
        else result.scenario
        for result in results
    ]


def of_error(error: BaseException) -> Verdict:
    """The verdict on a scenario that ended with `error`: only an AssertionError speaks about the product."""
    if isinstance(error, AssertionError):
        return Verdict.PRODUCT
    if isinstance(error, NotServed):
        return Verdict.SKIPPED
    if isinstance(error, FaultNotProven):
        return Verdict.NOT_PROVEN
    return Verdict.INFRASTRUCTURE


def write(results: Iterable[Result], path: Path) -> None:
    """Write results for another program."""
    write_whole(path, json.dumps([result.facts() for result in results], indent=1))


def read(path: Path) -> list[Result]:
    """Results that were written by `write`."""
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, list):
        raise TypeError("a list of results was expected")
    return [Result.of(facts) for facts in content]


def read_earlier(path: Path) -> list[Result]:
    """The verdicts of an earlier run. Raises UsageError when the file holds none."""
    try:
        return read(path)
    except OSError as error:
        raise UsageError(
            f"{path}: can't be read: {error.strerror}. Make one with: masuk run --verdicts {path}"
        ) from error
    except (json.JSONDecodeError, UnicodeDecodeError, TypeError, KeyError) as error:
        raise UsageError(
            f"{path}: holds no verdicts of a run ({error}). Make one with: masuk run --verdicts FILE"
        ) from error
