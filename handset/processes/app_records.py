"""Apps that run, and how they came to."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from handset.packages.package import Package
from handset.processes.app_process import AppProcess
from handset.state.configuration import Configuration


@dataclass(frozen=True)
class StartRequest:
    """An explicit intent: `activity` is a full class name, or None for the launcher activity."""

    package: Package
    activity: str | None = None
    action: str = "android.intent.action.MAIN"
    extras: Mapping[str, str] = field(default_factory=dict)
    data: str | None = None
    flags: int = 0

    @property
    def target(self) -> str:
        """The full class name that is started."""
        return self.activity or self.package.facts.launcher or ""


@dataclass(frozen=True)
class Launch:
    """What a start did: COLD (new process), WARM or HOT, and the milliseconds until it was displayed, if it was.

    `status` is `ok`, or `timeout` for an app that does not respond.
    """

    state: str
    milliseconds: int | None
    status: str = "ok"


CANCELLED = Launch("UNKNOWN (0)", None)
"""Android's answer when the process died before its activity was displayed."""

TIMED_OUT = Launch("UNKNOWN (-1)", None, "timeout")
"""Android's answer when the app did not display its activity in time."""


@dataclass
class RunningApp:
    """An app with a process. `bound` ends when its first screen is idle; `stack` lists activities bottom to top."""

    package: Package
    process: AppProcess
    requested: str
    configuration: Configuration
    bound: asyncio.Task[None]
    stack: list[str] = field(default_factory=list)
    finished: bool = False
    notices: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)
    """Held while the app takes in a notice: two that arrive at once may overtake each other within the app."""

    @property
    def activity(self) -> str:
        """The full class name of the activity on top."""
        return self.stack[-1] if self.stack else self.requested


@dataclass(frozen=True)
class Focus:
    """The component in front; `activity` is a full class name."""

    package: str
    activity: str

    @property
    def short(self) -> str:
        """`pkg/.Activity`, or the full class name when it is outside the package."""
        prefix = self.package + "."
        name = self.activity.removeprefix(self.package) if self.activity.startswith(prefix) else self.activity
        return f"{self.package}/{name}"
