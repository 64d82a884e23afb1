"""What the system keeps of apps that went to the back: the saved states of their activities, bottom to top."""

from collections.abc import Sequence
from typing import Any

SavedState = dict[str, Any]


class SavedTasks:
    """By package. A task is kept while the app is in the back, and outlives its process but not a reboot."""

    def __init__(self) -> None:
        self._tasks: dict[str, Sequence[SavedState]] = {}

    def keep(self, package: str, states: Sequence[SavedState]) -> None:
        """Take in what an app has left as it went to the back."""
        self._tasks[package] = states

    def take(self, package: str) -> Sequence[SavedState]:
        """Hand the task over to the app that comes back to the front; empty when there is none."""
        return self._tasks.pop(package, [])

    def forget(self, package: str) -> None:
        """The task was ended: by the app, by a crash, by a force-stop."""
        self._tasks.pop(package, None)
