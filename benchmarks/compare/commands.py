"""What a tool has asked of Appium, by the log that Appium writes for all alike."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from masuk.base.errors import InfrastructureError

LINE = re.compile(r"^(\S+ \S+) - (?:\[\w+\])?\[HTTP\] (-->|<--) \w+ /session/[\w-]+(/\S*|) ")
ON_ELEMENTS = re.compile(r"/elements?\b|/execute/")
ENDED = re.compile(r"\[HTTP\] <-- DELETE /session/")


@dataclass(frozen=True)
class Acting:
    """What was done on elements in a session: finding, typing, tapping, reading, looking whether they are there."""

    commands: int
    seconds: float
    """From the first command to the answer to the last one."""


def acting_in(lines: Iterable[str]) -> Acting:
    """What lines of Appium's log tell; pictures, screen trees and the session itself don't count.

    Raises InfrastructureError when there is no command in them.
    """
    asked: list[datetime] = []
    answered: list[datetime] = []
    for line in lines:
        found = LINE.match(line)
        if found and ON_ELEMENTS.match(found[3]):
            (asked if found[2] == "-->" else answered).append(_time(found[1]))
    if not asked or not answered:
        raise InfrastructureError("Appium's log has no command on an element, so that no time of a step is known.")
    return Acting(len(asked), (answered[-1] - asked[0]).total_seconds())


def has_ended(lines: Iterable[str]) -> bool:
    """Whether Appium has answered to the end of the session."""
    return any(ENDED.search(line) for line in lines)


def _time(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S:%f")
