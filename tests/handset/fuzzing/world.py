"""A device in this process, with fake app processes, that tells of every defect it has noticed in itself."""

import asyncio
import json
import shutil
import tempfile
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

from handset.adb.daemon import PACKET_LIMIT, AdbDaemon
from handset.adb.transport import CNXN, HEADER, OKAY, OPEN, VERSION, WRTE
from handset.base import resolver
from handset.device import Device
from handset.shell.all_commands import COMMANDS
from handset.shell.interpreter import Interpreter
from handset.shell.io import Input, Output
from handset.shell.registry import Session
from handset.ui.uiautomator2.errors import STATUS
from tests.handset.apks import build_apk
from tests.handset.devices import prepare_home
from tests.handset.fake_daemon import fake_command, fake_translate

PACKAGE = "com.example.app"
LAST = 99
SOON, SHORT, LONG = 0.02, 0.5, 20.0
"""Seconds: for what may wait for ever, such as `sleep 100`, and for what has to come."""

T = TypeVar("T")
Answer = tuple[int, Any]


class World:
    """The device and its loop. Whatever the device records as its own defect is in `defects`."""

    def __init__(self, folder: Path) -> None:
        self._loop = asyncio.new_event_loop()
        self.defects: list[str] = []
        self._loop.set_exception_handler(lambda _, context: self.defects.append(str(context)))
        self._home = prepare_home(folder / "home")
        self.device: Device
        self._daemon: AdbDaemon
        self._session = ""
        self.run(self._boot(folder))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._loop.run_until_complete(work)

    def close(self) -> None:
        self.run(self._close())
        self._loop.close()

    def shell(self, line: str) -> tuple[int | None, bytes]:
        """Exit code and output of a line; None for a line that goes on waiting and is interrupted."""
        return self.run(self._shell(line))

    def adb(self, packets: bytes) -> None:
        """Send bytes on a new connection, and wait until the device has done with it."""
        self.run(self._adb(packets))

    def http(self, request: bytes) -> Answer | None:
        """Status and JSON of the automation server's answer to these bytes; None where it only closes."""
        return self.run(self._http(request))

    def ask(self, method: str, path: str, body: bytes) -> Answer | None:
        """The same for a well-formed request; SESSION in a path is the open session."""
        path = path.replace("SESSION", self._session)
        return self.http(f"{method} {path} HTTP/1.1\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)

    def check(self) -> None:
        """Fail unless the device goes on in every respect and has noticed no defect in itself."""
        assert self.shell("echo alive") == (0, b"alive\n")
        assert self.run(self._says_alive_by_adb())
        self._open_session()
        noticed, self.defects = self.defects, []
        assert not noticed, noticed

    async def _boot(self, folder: Path) -> None:
        self.device = Device(
            self._home,
            "fuzz",
            serial="127.0.0.1:1",
            java_command=fake_command,
            translate=fake_translate,
            spare=False,
        )
        record = self.device.trace.record

        def overheard(kind: str, what: str, **facts: object) -> None:
            if kind == "BUG":
                self.defects.append(f"{what}\n{facts.get('stack')}")
            record(kind, what, **facts)

        self.device.trace.record = overheard  # type: ignore[method-assign]
        await self.device.boot()
        self._daemon = AdbDaemon(self.device)
        apk = build_apk(self._home, folder / "apk")
        shutil.copy(apk, self.device.files.host("/data/local/tmp/app.apk"))
        assert (await self._shell("pm install /data/local/tmp/app.apk", LONG))[0] == 0
        assert (await self._shell(f"am start -W -n {PACKAGE}/.Main", LONG))[0] == 0
        await self.device.automation.start()

    async def _close(self) -> None:
        await self._daemon.close()
        await self.device.close()

    async def _shell(self, line: str, seconds: float = SHORT) -> tuple[int | None, bytes]:
        written = bytearray()

        async def sink(data: bytes) -> None:
            written.extend(data)

        shell = Interpreter(self.device, COMMANDS, Session())
        try:
            async with asyncio.timeout(seconds):
                code = await shell.run_line(line, Input(b"one\ntwo \xff\n"), Output(sink), Output(sink))
        except TimeoutError:
            return None, bytes(written)
        return code, bytes(written)

    async def _connect(self) -> tuple[asyncio.Server, asyncio.StreamReader, asyncio.StreamWriter]:
        server = await asyncio.start_server(self._daemon.serve, "127.0.0.1", 0, limit=PACKET_LIMIT)
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
        return server, reader, writer

    async def _adb(self, packets: bytes) -> None:
        server, reader, writer = await self._connect()
        try:
            with suppress(ConnectionError):
                writer.write(packets + packet(OPEN, LAST, 0, b"exec:echo done\0"))
                await writer.drain()
                await self._acknowledge(reader, writer)
                writer.write_eof()
                async with asyncio.timeout(LONG):
                    while await reader.read(65536):
                        pass
        finally:
            writer.close()
            server.close()

    async def _acknowledge(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take what the device writes, until it has served the last stream and says no more; junk may hide that one."""
        seconds = SHORT
        with suppress(asyncio.IncompleteReadError, TimeoutError):
            while True:
                async with asyncio.timeout(seconds):
                    command, local, remote, length, _, _ = HEADER.unpack(await reader.readexactly(HEADER.size))
                    await reader.readexactly(length)
                if command == WRTE:
                    writer.write(packet(OKAY, remote, local))
                if remote == LAST:
                    seconds = SOON

    async def _says_alive_by_adb(self) -> bool:
        server, reader, writer = await self._connect()
        try:
            writer.write(packet(CNXN, VERSION, 4096, b"host::") + packet(OPEN, 7, 0, b"exec:echo alive\0"))
            async with asyncio.timeout(LONG):
                while True:
                    command, *_, length, _, _ = HEADER.unpack(await reader.readexactly(HEADER.size))
                    if await reader.readexactly(length) == b"alive\n" and command == WRTE:
                        return True
        finally:
            writer.close()
            server.close()

    def _open_session(self) -> None:
        answer = self.http(b"GET /status HTTP/1.1\r\n\r\n")
        assert answer is not None
        assert answer[1]["value"]["ready"] is True
        opened = self.ask("POST", "/session", b"{}")
        assert opened is not None
        self._session = opened[1]["value"]["sessionId"]

    async def _http(self, request: bytes) -> Answer | None:
        port = await self.device.automation.wait_for_port(0.01)
        if port is None:  # a session was deleted, and the server ends with it
            await self.device.automation.start()
            port = await self.device.automation.wait_for_port(LONG)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            async with asyncio.timeout(LONG):
                writer.write(request)
                writer.write_eof()
                head = await reader.readuntil(b"\r\n\r\n")
                status = int(head.split()[1])
                length = int(head.lower().split(b"content-length:")[1].split()[0])
                return status, json.loads(await reader.readexactly(length))
        except (asyncio.IncompleteReadError, ConnectionError):
            return None
        finally:
            writer.close()


def packet(command: int, first: int, second: int, payload: bytes = b"", magic: int | None = None) -> bytes:
    """A packet of adb; a wrong `magic` makes it a broken one."""
    mask = command ^ 0xFFFFFFFF if magic is None else magic
    return HEADER.pack(command, first, second, len(payload), 0, mask) + payload


def is_documented(answer: Answer) -> bool:
    """Whether an answer of the automation server is a value, or an error that the protocol knows, with its status."""
    status, body = answer
    if status < 400:
        return "value" in body
    return bool(STATUS[body["value"]["error"]] == status and body["value"]["message"])


@contextmanager
def world() -> Iterator[World]:
    """A device in a folder of its own. It asks no server for names."""

    async def no_address(_host: str) -> None:
        return None

    with tempfile.TemporaryDirectory() as folder, patch.object(resolver, "ask_host", no_address):
        made = World(Path(folder))
        try:
            yield made
        finally:
            made.close()
