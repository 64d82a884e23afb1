"""Standard input and output of a shell command."""

import asyncio
from collections.abc import Awaitable, Callable

Sink = Callable[[bytes], Awaitable[None]]


class Input:
    """Bytes that somebody feeds and a command reads."""

    def __init__(self, content: bytes | None = None) -> None:
        """An open input, or one that holds `content` and ends after it."""
        self._chunks: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._rest = b""
        self._ended = False
        if content is not None:
            self.feed(content)
            self.close()

    def feed(self, data: bytes) -> None:
        """Append bytes."""
        if data:
            self._chunks.put_nowait(data)

    def close(self) -> None:
        """Mark the end."""
        self._chunks.put_nowait(None)

    async def read(self) -> bytes:
        """The next bytes, empty at the end."""
        if self._rest:
            data, self._rest = self._rest, b""
            return data
        if self._ended:
            return b""
        data_or_end = await self._chunks.get()
        self._ended = data_or_end is None
        return data_or_end or b""

    async def read_up_to(self, count: int) -> bytes:
        """`count` bytes, fewer only when the input ends before."""
        collected = bytearray()
        while len(collected) < count and (data := await self.read()):
            collected += data
        self._rest = bytes(collected[count:]) + self._rest
        return bytes(collected[:count])

    async def read_all(self) -> bytes:
        """Everything up to the end."""
        collected = bytearray()
        while data := await self.read():
            collected += data
        return bytes(collected)


class Output:
    """Collects what a command writes and passes it to a sink at each flush."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._pending = bytearray()

    def write(self, data: str | bytes) -> None:
        """Append text or bytes."""
        self._pending += encoded(data) if isinstance(data, str) else data

    async def flush(self) -> None:
        """Pass on what was written."""
        if self._pending:
            data = bytes(self._pending)
            self._pending.clear()
            await self._sink(data)


def encoded(text: str) -> bytes:
    """The bytes of a text, with those that were no UTF-8 as they came. Half a surrogate pair is a question mark."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")
