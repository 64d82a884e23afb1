"""One adb stream: what opens with A_OPEN and closes with A_CLSE, with one write in flight in each direction."""

import asyncio
from collections.abc import Awaitable, Callable

CLOSE_GRACE = 5.0


class Stream:
    """A byte stream to the adb server. `send_data`, `acknowledge` and `send_close` put packets on the transport."""

    def __init__(
        self,
        max_data: int,
        send_data: Callable[[bytes], Awaitable[None]],
        acknowledge: Callable[[], Awaitable[None]],
        send_close: Callable[[], Awaitable[None]],
    ) -> None:
        self._max_data = max_data
        self._send_data = send_data
        self._acknowledge = acknowledge
        self._send_close = send_close
        self._received: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._buffer = b""
        self._at_end = False
        self._may_write = asyncio.Event()
        self._may_write.set()
        self._closed = False
        self.peer_closed = asyncio.Event()

    async def read(self) -> bytes:
        """The next bytes, empty at the end."""
        if self._buffer:
            data, self._buffer = self._buffer, b""
            return data
        if self._at_end:
            return b""
        data = await self._received.get() or b""
        if data:
            await self._acknowledge()
        else:
            self._at_end = True
        return data

    async def read_exactly(self, count: int) -> bytes:
        """Exactly `count` bytes; EOFError when the stream ends before."""
        collected = bytearray()
        while len(collected) < count:
            data = await self.read()
            if not data:
                raise EOFError(f"The adb stream ended after {len(collected)} of {count} bytes")
            missing = count - len(collected)
            collected += data[:missing]
            self._buffer = data[missing:] + self._buffer
        return bytes(collected)

    async def write(self, data: bytes) -> None:
        """Send bytes; ConnectionResetError when the peer closed the stream."""
        for start in range(0, len(data), self._max_data):
            await self._may_write.wait()
            if self.peer_closed.is_set():
                raise ConnectionResetError("The adb server closed the stream")
            self._may_write.clear()
            await self._send_data(data[start : start + self._max_data])

    async def close(self) -> None:
        """Close after the peer took the last write, or after 5 s."""
        if self._closed:
            return
        self._closed = True
        try:
            async with asyncio.timeout(CLOSE_GRACE):
                await self._may_write.wait()
        finally:
            await self._send_close()

    def received(self, data: bytes) -> None:
        """Take in the payload of an A_WRTE."""
        self._received.put_nowait(data)

    def acknowledged(self) -> None:
        """Take in an A_OKAY: the next write may go."""
        self._may_write.set()

    def closed_by_peer(self) -> None:
        """Take in an A_CLSE, or the end of the transport."""
        self.peer_closed.set()
        self._may_write.set()
        self._received.put_nowait(None)
