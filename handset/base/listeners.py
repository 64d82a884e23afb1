"""Callbacks that hear of every change of one part of the device."""

import asyncio
from collections.abc import Awaitable, Callable

Listener = Callable[[], Awaitable[None]]


class Listeners:
    """Calls its listeners concurrently, so that a slow or failing one keeps the news from no other."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def add(self, listener: Listener) -> None:
        """Call `listener` at every `tell` from now on."""
        self._listeners.append(listener)

    async def tell(self) -> None:
        """Call and await all listeners. After the last one has ended, raises what the first failed one has raised."""
        outcomes = await asyncio.gather(*(listener() for listener in self._listeners), return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, BaseException):
                raise outcome
