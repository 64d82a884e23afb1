"""The apps that have a process, and the component in front."""

import asyncio
from collections.abc import Iterator

from handset.packages.system_packages import LAUNCHER_PACKAGE, SYSTEM_PACKAGES
from handset.processes.app_process import AppProcess
from handset.processes.app_records import Focus, RunningApp


class RunningApps:
    """Running apps by package. Every change wakes those who wait for one."""

    def __init__(self) -> None:
        self._apps: dict[str, RunningApp] = {}
        self._front = LAUNCHER_PACKAGE
        self._front_activity = SYSTEM_PACKAGES[LAUNCHER_PACKAGE] or ""
        self._changed = asyncio.Event()

    def __iter__(self) -> Iterator[RunningApp]:
        return iter(list(self._apps.values()))

    @property
    def focus(self) -> Focus:
        """The component in front."""
        app = self._apps.get(self._front)
        return Focus(self._front, app.activity if app else self._front_activity)

    @property
    def front(self) -> RunningApp | None:
        """The app in front; None when the launcher or a system screen is in front."""
        return self._apps.get(self._front)

    def is_in_front(self, name: str) -> bool:
        """Whether the component in front belongs to this package."""
        return self._front == name

    def get(self, name: str) -> RunningApp | None:
        """The running app of this package."""
        return self._apps.get(name)

    def of(self, process: AppProcess) -> RunningApp | None:
        """The app that a process runs."""
        return next((app for app in self._apps.values() if app.process is process), None)

    def bound(self) -> list[RunningApp]:
        """The apps that can be told of a change; the others learn of it when they are bound."""
        return [app for app in self if app.bound.done() and app.process.alive]

    def add(self, app: RunningApp) -> None:
        """Register an app whose process was started."""
        self._apps[app.package.name] = app

    def remove(self, name: str) -> None:
        """Forget an app whose process has ended."""
        del self._apps[name]

    def to_front(self, app: RunningApp) -> None:
        """Put a running app in front."""
        self._front = app.package.name
        self.notify()

    def show(self, name: str, activity: str) -> None:
        """Put a component without a process in front."""
        self._front, self._front_activity = name, activity
        self.notify()

    def show_launcher(self) -> None:
        """Put the launcher in front."""
        self.show(LAUNCHER_PACKAGE, SYSTEM_PACKAGES[LAUNCHER_PACKAGE] or "")

    def notify(self) -> None:
        """Wake those who wait for a change of the stack, the focus or a process."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def wait_for_change(self, seconds: float) -> bool:
        """Wait until the stack, the focus or a process changed; False when nothing did for `seconds`."""
        try:
            async with asyncio.timeout(seconds):
                await self._changed.wait()
        except TimeoutError:
            return False
        return True
