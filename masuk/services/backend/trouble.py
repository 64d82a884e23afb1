"""What can be wrong with the service itself: answers that are none, come late, or never come.

A trouble stands between the network and the service until it is taken away. It decides what becomes of a request;
`ordinary` is what the service would do, which counts, blocks and logs in as usual.
"""

import asyncio
import base64
import contextlib
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Protocol

from starlette.responses import Response, StreamingResponse

from masuk.base.errors import NotServed
from masuk.services.backend.probing import Probed

Ordinary = Callable[[], Awaitable[Response]]


class Trouble(ABC):
    """Answers in the service's place. One instance may see many requests, also at once."""

    @abstractmethod
    async def answer(self, ordinary: Ordinary, /) -> Response:
        """The answer to a request."""

    def as_order(self) -> dict[str, object]:
        """The same for an interceptor that stands in front of a service that is not ours: plain values."""
        raise NotServed("this can only be done by the stub backend")

    def end(self) -> None:
        """Let go of requests that still wait. Called on the server's loop when the trouble is taken away."""
        return


class Says(Trouble):
    """The same answer to everything; the service does not hear of the request."""

    def __init__(self, status: int, body: str | bytes = b"", headers: dict[str, str] | None = None) -> None:
        self._status = status
        self._body = body
        self._headers = headers or {}

    def as_order(self) -> dict[str, object]:
        """Status, headers, and the body in base64."""
        body = self._body.encode() if isinstance(self._body, str) else self._body
        encoded = base64.b64encode(body).decode()
        return {"kind": "says", "status": self._status, "headers": self._headers, "body": encoded}

    async def answer(self, _: Ordinary, /) -> Response:
        """The answer that was ordered."""
        return Response(self._body, self._status, self._headers)


class BreaksOff(Trouble):
    """The service does as usual, but its answer ends in the middle."""

    def as_order(self) -> dict[str, object]:
        """Nothing but the kind."""
        return {"kind": "breaks off"}

    async def answer(self, ordinary: Ordinary, /) -> Response:
        """Half of the body under the header of a whole one; the server then closes the connection."""
        whole = await body_of(await ordinary())
        length = {"content-type": "application/json", "content-length": str(len(whole))}
        return Response(whole[: len(whole) // 2], 200, length)


class Late(Trouble):
    """The service does as usual, `seconds` later."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._over = asyncio.Event()

    def as_order(self) -> dict[str, object]:
        """The seconds."""
        return {"kind": "late", "seconds": self._seconds}

    async def answer(self, ordinary: Ordinary, /) -> Response:
        """The service's own answer, after the time or when the trouble ends."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._over.wait(), self._seconds)
        return await ordinary()

    def end(self) -> None:
        """Answer what waits."""
        self._over.set()


class Drips(Trouble):
    """The service's own answers, a byte at a time, `pause` seconds apart."""

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self._over = asyncio.Event()

    async def answer(self, ordinary: Ordinary, /) -> Response:
        """The header at once and the body slowly; the rest comes at once when the trouble ends."""
        answer = await ordinary()
        whole = await body_of(answer)
        length = {"content-type": "application/json", "content-length": str(len(whole))}
        return StreamingResponse(self._bytes(whole), answer.status_code, length)

    async def _bytes(self, whole: bytes) -> AsyncIterator[bytes]:
        for place in range(len(whole)):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._over.wait(), self._pause)
            yield whole[place : place + 1]

    def end(self) -> None:
        """Send the rest."""
        self._over.set()


class Silent(Trouble):
    """Requests are accepted and never answered; the service does not hear of them."""

    def __init__(self) -> None:
        self._over = asyncio.Event()

    def as_order(self) -> dict[str, object]:
        """Nothing but the kind."""
        return {"kind": "silent"}

    async def answer(self, _: Ordinary, /) -> Response:
        """Nothing until the trouble ends; then there is nobody who listens."""
        await self._over.wait()
        return Response(status_code=503)

    def end(self) -> None:
        """Let go of what waits."""
        self._over.set()


class Meanwhile(Trouble):
    """The service does as usual, and something happens `before` it has heard of a request, or after that."""

    def __init__(self, happens: Callable[[], None], *, before: bool) -> None:
        self._happens = happens
        self._before = before

    async def answer(self, ordinary: Ordinary, /) -> Response:
        """The service's own answer, for whoever can still be reached."""
        if self._before:
            await asyncio.to_thread(self._happens)
            return Response(status_code=503)
        answer = await ordinary()
        await asyncio.to_thread(self._happens)
        return answer


class Breakable(Protocol):
    """A service in whose place troubles can answer."""

    def begin_trouble(self, trouble: Trouble) -> None:
        """Let a trouble decide about every request until it is taken away."""

    def end_trouble(self) -> None:
        """Take the trouble away, if there is one."""

    def probe(self, *, timeout: float = 5) -> Probed:
        """What a client gets; not counted as a member's try."""

    def is_well(self, probed: Probed) -> bool:
        """Whether that is what a client gets without a trouble."""

    def gone_past(self) -> str | None:
        """How the app has avoided the trouble since it began; None when it has not."""


async def body_of(response: Response) -> bytes:
    """The whole body of an answer, also of one that is streamed."""
    iterator = getattr(response, "body_iterator", None)
    if iterator is None:
        return bytes(response.body)
    return b"".join([part if isinstance(part, bytes) else bytes(part) async for part in iterator])
