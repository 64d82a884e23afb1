"""A plugin for pytest: the stub backend of the run dies when the process gets SIGUSR1, as of a bug of its own."""

import asyncio
import signal
from types import FrameType

from typing_extensions import override

from masuk.services.backend import Backend


class MortalBackend(Backend):
    """Remembers the one that runs last."""

    running: "MortalBackend | None" = None

    @override
    def _start(self) -> None:
        super()._start()
        MortalBackend.running = self

    def die(self) -> None:
        """Stop the loop under the server, whatever it does."""
        if self._loop is not None and self.alive:
            self._loop.call_soon_threadsafe(self._loop.stop)

    @override
    async def _serve_here(self, *arguments: object) -> None:
        asyncio.get_running_loop().set_exception_handler(lambda *_: None)
        await super()._serve_here(*arguments)  # type: ignore[arg-type]


def _die(_number: int, _frame: FrameType | None) -> None:
    if MortalBackend.running is not None:
        MortalBackend.running.die()


def pytest_configure() -> None:
    """Put it in the place of the usual one."""
    import masuk.plugin.fixtures

    setattr(masuk.plugin.fixtures, "Backend", MortalBackend)  # noqa: B010 - for mypy it is a type
    signal.signal(signal.SIGUSR1, _die)
