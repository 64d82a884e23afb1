"""The adb transport: packets on a TCP connection, multiplexed into streams.

A packet is six little-endian words (command, two arguments, payload length, checksum, inverted command) and a payload.
"""

import asyncio
import itertools
import socket
import struct
import traceback
from collections.abc import Awaitable, Callable
from contextlib import suppress

from handset.adb.streams import Stream
from handset.base.trace import Trace

CNXN, OPEN, OKAY, CLSE, WRTE = (
    int.from_bytes(name, "little") for name in (b"CNXN", b"OPEN", b"OKAY", b"CLSE", b"WRTE")
)
VERSION = 0x01000001
VERSION_WITHOUT_CHECKSUMS = 0x01000001
MAX_DATA = 1 << 20
HEADER = struct.Struct("<6I")

Handler = Callable[[Stream], Awaitable[None]]
OpenService = Callable[[bytes, "Transport"], Handler | None]


class Transport:
    """One connection from an adb server. `open_service` gives the handler of a service name, None to refuse it."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        banner: bytes,
        open_service: OpenService,
        trace: Trace,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._banner = banner
        self._open_service = open_service
        self._trace = trace
        self._max_data = 4096
        self._checksums = True
        self._ids = itertools.count(1)
        self._streams: dict[int, Stream] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        # An answer is two small packets, OKAY and WRTE: without this the second waits until the first is acknowledged,
        # which the peer delays by 40 ms. asyncio sets it only on sockets that were made with the protocol's number.
        writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    async def run(self) -> None:
        """Serve until the connection ends; every stream is closed then."""
        try:
            while True:
                await self._take_packet()
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            self._trace.record("adb", "transport closed", reason=str(error))
        finally:
            for stream in list(self._streams.values()):
                stream.closed_by_peer()
            for task in list(self._tasks):
                task.cancel()
            self._writer.close()

    def drop(self) -> None:
        """Cut the connection, as a restarting daemon does."""
        self._writer.close()

    async def _take_packet(self) -> None:
        command, first, second, length, _, magic = HEADER.unpack(await self._reader.readexactly(HEADER.size))
        if magic != command ^ 0xFFFFFFFF:
            raise ConnectionError(f"A packet's magic {magic:#x} does not fit its command {command:#x}")
        if length > MAX_DATA:
            raise ConnectionError(f"A packet of {length} bytes is longer than {MAX_DATA}, the most that was agreed")
        payload = await self._reader.readexactly(length)
        if command == CNXN:
            self._max_data = max(1, min(second, MAX_DATA))
            self._checksums = first < VERSION_WITHOUT_CHECKSUMS
            self._trace.record("adb", "connected", version=hex(first), max_data=second)
            await self._send(CNXN, VERSION, MAX_DATA, self._banner)
        elif command == OPEN:
            task = asyncio.create_task(self._serve(first, payload.rstrip(b"\0")))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        elif command in {WRTE, OKAY, CLSE}:
            await self._to_stream(command, first, second, payload)
        else:
            self._trace.record("adb", f"ignored packet {command:#x}", arguments=[first, second])

    async def _to_stream(self, command: int, remote: int, local: int, payload: bytes) -> None:
        stream = self._streams.get(local)
        if stream is None:
            if command == WRTE:
                await self._send(CLSE, 0, remote)
        elif command == WRTE:
            stream.received(payload)
        elif command == OKAY:
            stream.acknowledged()
        else:
            del self._streams[local]
            stream.closed_by_peer()

    async def _serve(self, remote: int, name: bytes) -> None:
        handler = self._open_service(name, self)
        if handler is None:
            await self._send(CLSE, 0, remote)
            return
        local = next(self._ids)
        stream = self._streams[local] = self._stream(local, remote)
        await self._send(OKAY, local, remote)
        try:
            await handler(stream)
        except (ConnectionError, EOFError) as error:
            self._trace.record("adb", "stream broke", service=name.decode("utf-8", "replace"), reason=str(error))
        except Exception as error:  # a defect of the service: this stream closes, the others go on
            reason = f"{type(error).__name__}: {error}"
            self._trace.record("BUG", f"adb service {name!r}: {reason}", stack=traceback.format_exc())
        finally:
            with suppress(TimeoutError):
                await stream.close()

    def _stream(self, local: int, remote: int) -> Stream:
        async def send_close() -> None:
            self._streams.pop(local, None)
            await self._send(CLSE, local, remote)

        return Stream(
            self._max_data,
            send_data=lambda data: self._send(WRTE, local, remote, data),
            acknowledge=lambda: self._send(OKAY, local, remote),
            send_close=send_close,
        )

    async def _send(self, command: int, first: int, second: int, payload: bytes = b"") -> None:
        checksum = sum(payload) & 0xFFFFFFFF if self._checksums or command == CNXN else 0
        header = HEADER.pack(command, first, second, len(payload), checksum, command ^ 0xFFFFFFFF)
        with suppress(ConnectionError, RuntimeError):
            self._writer.write(header + payload)
            await self._writer.drain()
