"""The device's time of day: the network's, which is the host's, until somebody sets another."""

import time

from handset.base.listeners import Listener, Listeners
from handset.state.settings_store import Settings


class Clock:
    """Counts how far the device is ahead of the host; what somebody has set lasts until the device restarts."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._automatic = self._is_automatic()
        self._listeners = Listeners()
        self.ahead_ms = 0

    def listen(self, listener: Listener) -> None:
        """Call and await `listener` after every change."""
        self._listeners.add(listener)

    def now(self) -> float:
        """Seconds since the epoch, as the device tells them."""
        return time.time() + self.ahead_ms / 1000

    async def set(self, milliseconds: int) -> None:
        """Set the time, in milliseconds since the epoch."""
        await self._put_ahead(milliseconds - round(time.time() * 1000))

    async def follow_settings(self) -> None:
        """Go back to the network's time when `auto_time` was switched on; what is set later lasts, as on Android."""
        automatic = self._is_automatic()
        was_automatic, self._automatic = self._automatic, automatic
        if automatic and not was_automatic:
            await self._put_ahead(0)

    async def restart(self) -> None:
        """Begin anew with the network's time."""
        await self._put_ahead(0)

    def _is_automatic(self) -> bool:
        return self._settings.get("global", "auto_time") != "0"

    async def _put_ahead(self, milliseconds: int) -> None:
        if milliseconds != self.ahead_ms:
            self.ahead_ms = milliseconds
            await self._listeners.tell()
