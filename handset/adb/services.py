"""What a service name that adb opens means on this device."""

import asyncio
import struct
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from handset.adb.reverse import ReverseForwards
from handset.adb.streams import Stream
from handset.adb.sync import SyncService
from handset.adb.transport import Handler, Transport
from handset.shell.all_commands import COMMANDS
from handset.shell.interpreter import Interpreter
from handset.shell.io import Input, Output
from handset.shell.registry import Session

if TYPE_CHECKING:
    from handset.device import Device

FEATURES = "shell_v2,cmd,stat_v2,ls_v2,fixed_push_mkdir,apex,abb,abb_exec,sendrecv_v2"
AUTOMATION_PORT = 6790
AUTOMATION_WAIT = 30.0
STDIN, STDOUT, STDERR, EXIT, CLOSE_STDIN = range(5)
PACKET_HEADER = struct.Struct("<BI")
HANGUP_GRACE = 1.0

RunCommand = Callable[[Interpreter, Input, Output, Output], Coroutine[Any, Any, int]]


class Services:
    """Opens services for transports."""

    def __init__(self, device: "Device") -> None:
        self._device = device
        self._reverse = ReverseForwards()
        self.root = False

    @property
    def banner(self) -> bytes:
        """How the device introduces itself to an adb server."""
        names = ("ro.product.name", "ro.product.model", "ro.product.device")
        facts = ";".join(f"{name}={self._device.properties.get(name)}" for name in names)
        return f"device::{facts};features={FEATURES}".encode()

    def close(self) -> None:
        """Release what outlives a transport."""
        self._reverse.close()

    def open(self, name: bytes, transport: Transport) -> Handler | None:
        """The handler of a service, None for one that does not exist, which is recorded as MISSING."""
        service = name.decode("utf-8", "replace")
        kind, _, rest = service.partition(":")
        kind, *options = kind.split(",")
        words = ["cmd", *rest.rstrip("\0").split("\0")]
        handlers: dict[str, Handler] = {
            "shell": lambda stream: self._shell(stream, rest, packets="v2" in options),
            "exec": lambda stream: self._shell(stream, rest, packets=False),
            "abb": lambda stream: self._binder_command(stream, words, packets=True),
            "abb_exec": lambda stream: self._binder_command(stream, words, packets=False),
            "sync": self._sync,
            "root": lambda stream: self._switch_root(stream, transport, root=True),
            "unroot": lambda stream: self._switch_root(stream, transport, root=False),
            "reboot": lambda stream: self._reboot(stream, transport),
            "reverse": lambda stream: self._reverse_rule(stream, rest),
        }
        if kind == "tcp":
            return self._tcp(rest)
        if kind not in handlers:
            self._device.trace.record("MISSING", f"adb service {service}")
            self._device.logs.add("W", "adbd", f"unknown service {service}")
        return handlers.get(kind)

    async def _sync(self, stream: Stream) -> None:
        await SyncService(stream, self._device.files, lambda request: self._record("sync", request)).serve()

    async def _shell(self, stream: Stream, line: str, *, packets: bool) -> None:
        async def run(interpreter: Interpreter, stdin: Input, stdout: Output, stderr: Output) -> int:
            if not line.strip():
                stderr.write("An interactive shell is not supported; pass a command: adb shell COMMAND\n")
                return 1
            return await interpreter.run_line(line, stdin, stdout, stderr)

        await self._command(stream, run, packets=packets)

    async def _binder_command(self, stream: Stream, words: list[str], *, packets: bool) -> None:
        async def run(interpreter: Interpreter, stdin: Input, stdout: Output, stderr: Output) -> int:
            return await interpreter.run_words(words, stdin, stdout, stderr)

        await self._command(stream, run, packets=packets)

    async def _command(self, stream: Stream, run: RunCommand, *, packets: bool) -> None:
        stdin = Input()
        interpreter = Interpreter(self._device, COMMANDS, Session(user="root" if self.root else "shell"))
        feeder = asyncio.create_task(_feed(stream, stdin, packets=packets))
        hangup = asyncio.create_task(stream.peer_closed.wait())
        stdout = Output(lambda data: _write(stream, STDOUT, data, packets=packets))
        stderr = Output(lambda data: _write(stream, STDERR, data, packets=packets))
        command = asyncio.create_task(run(interpreter, stdin, stdout, stderr))
        try:
            await asyncio.wait({command, hangup}, return_when=asyncio.FIRST_COMPLETED)
            # A client that only writes (adb exec-in) hangs up before the command has read everything.
            await asyncio.wait({command}, timeout=HANGUP_GRACE)
            if not command.done():
                return
            code = await command
            await stdout.flush()
            await stderr.flush()
            if packets:
                await stream.write(PACKET_HEADER.pack(EXIT, 1) + bytes([code & 0xFF]))
        finally:
            for task in (feeder, hangup, command):
                task.cancel()
            with suppress(asyncio.CancelledError, ConnectionError):
                await command

    def _tcp(self, address: str) -> Handler | None:
        if address.partition(":")[0] == str(AUTOMATION_PORT):
            return self._automation
        self._record("tcp", f"refused {address}: nothing listens there")
        return None

    async def _automation(self, stream: Stream) -> None:
        """Hold the connection until the automation server runs: its client polls but once a second."""
        port = await self._device.automation.wait_for_port(AUTOMATION_WAIT)
        if port is None:
            self._record("tcp", "closed port 6790: the automation server did not start")
            return
        reader, writer = await asyncio.open_connection("127.0.0.1", port)

        async def upstream() -> None:
            while data := await stream.read():
                writer.write(data)
                await writer.drain()

        async def downstream() -> None:
            while data := await reader.read(65536):
                await stream.write(data)

        tasks = [asyncio.create_task(upstream()), asyncio.create_task(downstream())]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            writer.close()

    async def _switch_root(self, stream: Stream, transport: Transport, *, root: bool) -> None:
        user = "root" if root else "non root"
        if root == self.root:
            await stream.write(f"adbd is {'already' if root else 'not'} running as root\n".encode())
            return
        self.root = root
        await stream.write(f"restarting adbd as {user}\n".encode())
        await stream.close()
        transport.drop()

    async def _reboot(self, stream: Stream, transport: Transport) -> None:
        await self._device.reboot()
        await stream.close()
        transport.drop()

    async def _reverse_rule(self, stream: Stream, request: str) -> None:
        self._record("reverse", request)
        await stream.write(await self._reverse.answer(request))

    def _record(self, kind: str, what: str) -> None:
        self._device.trace.record("adb", f"{kind}: {what}")


async def _feed(stream: Stream, stdin: Input, *, packets: bool) -> None:
    """Pass on what the client types; in shell v2 it comes in packets."""
    try:
        while True:
            if not packets:
                data = await stream.read()
                if not data:
                    break
                stdin.feed(data)
                continue
            kind, length = PACKET_HEADER.unpack(await stream.read_exactly(PACKET_HEADER.size))
            data = await stream.read_exactly(length)
            if kind == STDIN:
                stdin.feed(data)
            elif kind == CLOSE_STDIN:
                break
    except EOFError:
        pass
    finally:
        stdin.close()


async def _write(stream: Stream, kind: int, data: bytes, *, packets: bool) -> None:
    if packets:
        data = PACKET_HEADER.pack(kind, len(data)) + data
    await stream.write(data)
