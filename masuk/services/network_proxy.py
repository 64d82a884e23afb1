"""The bad link: an HTTP proxy of the harness that the device is told to use, and that treats its connections badly.

It stands between an unmodified app and a backend wherever that is, also where certificates are pinned, since it passes
the bytes of TLS on as they are. Connections are counted by where they lead: the proxy is the whole device's, and only
what goes to the service shows that the app uses it.
"""

import asyncio
import contextlib
import io
import random
import re
import threading
from collections import Counter
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import urlsplit, urlunsplit

from masuk.base.errors import InfrastructureError

T = TypeVar("T")
HOST = "127.0.0.1"
GUEST_ALIAS = "10.0.2.2"
"""What a device calls the host; a connection to it ends here."""
CHUNK = 1460
"""Bytes that are passed on at a time: a segment of a usual mobile network."""
HEAD_LIMIT = 16 * 1024
CALL_SECONDS = 10
END_OF_HEAD = b"\r\n\r\n"


@dataclass(frozen=True)
class Conditions:
    """How the link treats what passes, in each direction. Times are in seconds."""

    latency: float = 0
    jitter: float = 0
    """Up to this much is added to the latency of each segment, at random but the same in every run."""
    bytes_per_second: float | None = None
    loss: float = 0
    """The share of segments that are lost and come again after `resend`: what a lost segment is to an app."""
    resend: float = 0.5
    refuses: bool = False
    """Each connection is closed as soon as it has said where it leads."""
    silent: bool = False
    """Each connection is accepted, and nothing ever comes back."""


@dataclass
class Carried:
    """What has passed the link since it was last reset."""

    connections: Counter[tuple[str, int]] = field(default_factory=Counter)
    """How many have asked for each host, in small letters, and port; those that were refused or left waiting too."""
    sent: int = 0
    """Bytes from the device."""
    received: int = 0
    """Bytes to the device."""


@dataclass(frozen=True)
class _Wanted:
    """What a client asks a proxy for."""

    host: str
    port: int
    passed_on: bytes = b""
    """The head of a request in clear, as the server wants it; empty for a tunnel."""

    @classmethod
    def of(cls, head: bytes) -> "_Wanted":
        """Read the head of a request. Raises ValueError for one that no proxy can serve."""
        first, rest = head.split(b"\r\n", 1)
        method, target, version = first.decode("latin-1").split(" ", 2)
        if method == "CONNECT":
            host, _, port = target.rpartition(":")
            return cls(host.strip("[]"), int(port))
        address = urlsplit(target)
        if address.scheme != "http" or not address.hostname:
            raise ValueError(f"{target} is not an address that a proxy can fetch")
        path = urlunsplit(address._replace(scheme="", netloc="")) or "/"
        # One request a connection: the next one may lead elsewhere.
        kept = [line for line in rest.split(b"\r\n") if not re.match(rb"(?i)(proxy-)?connection:", line)]
        lines = [f"{method} {path} {version}".encode("latin-1"), b"Connection: close", *kept]
        return cls(address.hostname, address.port or 80, b"\r\n".join(lines))


class Link:
    """The proxy, while its `with` block lasts, on a free port of the loopback interface."""

    def __init__(self) -> None:
        self.conditions = Conditions()
        self.carried = Carried()
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="link", daemon=True)
        self._living: set[asyncio.StreamWriter] = set()
        self._random = random.Random(0)  # noqa: S311 - the same in every run
        self._ever: set[tuple[str, int]] = set()

    @property
    def address(self) -> str:
        """HOST:PORT by which a device reaches the link."""
        return f"{GUEST_ALIAS}:{self.port}"

    def __enter__(self) -> Self:
        """Begin to listen."""
        self._thread.start()
        server = self._call(lambda: asyncio.start_server(self._serve, HOST, 0))
        self.port = server.sockets[0].getsockname()[1]
        self._server = server
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Cut what lives and stop."""
        self.cut()
        self._call(self._stop)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(CALL_SECONDS)
        self._loop.close()

    def led_to(self, host: str, port: int) -> int:
        """How many connections have asked for a host since the last reset."""
        return self.carried.connections[host.lower(), port]

    def ever_led_to(self, host: str, port: int) -> bool:
        """Whether a connection has asked for a host since the link was started."""
        return (host.lower(), port) in self._ever

    def reset(self, conditions: Conditions | None = None) -> None:
        """Cut what lives, forget what was carried, and treat connections so from now on; by default well."""
        self.cut()
        self.conditions = conditions or Conditions()
        self.carried = Carried()
        self._random = random.Random(0)  # noqa: S311 - the same in every run

    def cut(self) -> int:
        """Break every living connection off, as a network does that is gone; how many there were."""

        async def cut() -> int:
            living = list(self._living)
            for writer in living:
                writer.transport.abort()
            return len(living)

        return self._call(cut)

    def _call(self, work: Callable[[], Awaitable[T]]) -> T:
        async def run() -> T:
            return await work()

        future: Future[T] = asyncio.run_coroutine_threadsafe(run(), self._loop)
        try:
            return future.result(CALL_SECONDS)
        except TimeoutError:
            raise InfrastructureError(f"The link did not answer within {CALL_SECONDS} s; its thread hangs.") from None

    async def _stop(self) -> None:
        self._server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._living.add(writer)
        try:
            wanted = _Wanted.of(await reader.readuntil(END_OF_HEAD))
            self.carried.connections[wanted.host.lower(), wanted.port] += 1
            self._ever.add((wanted.host.lower(), wanted.port))
            if self.conditions.refuses:
                writer.transport.abort()
            elif self.conditions.silent:
                await reader.read(-1)
            else:
                await self._connect(wanted, reader, writer)
        except ValueError:
            writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            writer.transport.abort()
        finally:
            self._living.discard(writer)
            writer.close()

    async def _connect(self, wanted: "_Wanted", reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = HOST if wanted.host == GUEST_ALIAS else wanted.host
        try:
            far_reader, far_writer = await asyncio.open_connection(host, wanted.port)
        except OSError:
            writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            await writer.drain()
            return
        self._living.add(far_writer)
        try:
            if not wanted.passed_on:
                writer.write(b"HTTP/1.1 200 Connection Established\r\n\r\n")
                await writer.drain()
            async with asyncio.TaskGroup() as group:
                group.create_task(self._pass_on(reader, far_writer, self._count_sent, wanted.passed_on))
                group.create_task(self._pass_on(far_reader, writer, self._count_received))
        except* (OSError, ConnectionError):
            writer.transport.abort()
        finally:
            self._living.discard(far_writer)
            far_writer.close()

    def _count_sent(self, size: int) -> None:
        self.carried.sent += size

    def _count_received(self, size: int) -> None:
        self.carried.received += size

    async def _pass_on(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        count: Callable[[int], None],
        ahead: bytes = b"",
    ) -> None:
        """One direction: segments are due in their order, each as late as the conditions of its arrival want.

        What is `ahead` was read already.
        """
        loop = asyncio.get_running_loop()
        segments: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def take_in() -> None:
            due = 0.0
            with contextlib.suppress(OSError):
                rest = io.BytesIO(ahead)
                while data := rest.read(CHUNK) or await reader.read(CHUNK):
                    due = max(due, loop.time() + self._delay()) + self._duration(len(data))
                    await segments.put((due, data))
            await segments.put((due, b""))

        taking_in = asyncio.create_task(take_in())
        try:
            while True:
                due, data = await segments.get()
                await asyncio.sleep(due - loop.time())
                if not data:
                    break
                writer.write(data)
                await writer.drain()
                count(len(data))
        finally:
            taking_in.cancel()
            with contextlib.suppress(asyncio.CancelledError, OSError):
                await taking_in
        with contextlib.suppress(OSError):
            writer.write_eof()

    def _delay(self) -> float:
        conditions = self.conditions
        lost = conditions.loss and self._random.random() < conditions.loss
        return conditions.latency + self._random.random() * conditions.jitter + (conditions.resend if lost else 0)

    def _duration(self, size: int) -> float:
        return size / self.conditions.bytes_per_second if self.conditions.bytes_per_second else 0
