"""`adb reverse`: ports on the device's loopback that lead to the host.

Apps run on this machine and share its loopback, so a port that leads to itself needs no listener.
"""

import asyncio
import re
from contextlib import suppress

RULE = re.compile(r"tcp:([0-9]{1,5})")
HIGHEST_PORT = 65535


class ReverseError(ValueError):
    """A rule that cannot be set up; the text reaches the user through adb."""


class ReverseForwards:
    """The rules by device port."""

    def __init__(self) -> None:
        self._rules: dict[int, int] = {}
        self._servers: dict[int, asyncio.Server] = {}

    async def answer(self, request: str) -> bytes:
        """The wire answer to `forward:[norebind:]A;B`, `killforward:A`, `killforward-all` or `list-forward`."""
        try:
            if request == "list-forward":
                return _counted(self._listing())
            if request == "killforward-all":
                for port in list(self._rules):
                    self._remove(port)
            elif request.startswith("killforward:"):
                self._remove(_port(request.removeprefix("killforward:")))
            elif request.startswith("forward:"):
                rule = request.removeprefix("forward:")
                return b"OKAY" + await self._add(rule.removeprefix("norebind:"), "norebind:" not in rule)
            else:
                raise ReverseError(f"unknown reverse request {request}")
        except (ReverseError, OSError) as error:
            return b"FAIL" + _counted(str(error))
        return b"OKAY"

    def close(self) -> None:
        """Remove all rules."""
        for port in list(self._rules):
            self._remove(port)

    async def _add(self, rule: str, rebind: bool) -> bytes:
        device_side, _, host_side = rule.partition(";")
        device_port, host_port = _port(device_side), _port(host_side)
        if device_port in self._rules:
            if not rebind:
                raise ReverseError(f"cannot rebind existing socket tcp:{device_port}")
            self._remove(device_port)
        chosen = device_port == 0
        if device_port != host_port:
            server = await self._listen(device_port, host_port)
            device_port = server.sockets[0].getsockname()[1]
            self._servers[device_port] = server
        self._rules[device_port] = host_port
        return _counted(str(device_port)) if chosen else b""

    async def _listen(self, device_port: int, host_port: int) -> asyncio.Server:
        async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with suppress(OSError):
                host_reader, host_writer = await asyncio.open_connection("127.0.0.1", host_port)
                await asyncio.gather(_copy(reader, host_writer), _copy(host_reader, writer))
            writer.close()

        return await asyncio.start_server(connect, "127.0.0.1", device_port)

    def _remove(self, port: int) -> None:
        if port not in self._rules:
            raise ReverseError(f"listener 'tcp:{port}' not found")
        del self._rules[port]
        server = self._servers.pop(port, None)
        if server is not None:
            server.close()

    def _listing(self) -> str:
        return "".join(f"UsbFfs tcp:{device} tcp:{host}\n" for device, host in self._rules.items())


def _port(address: str) -> int:
    found = RULE.fullmatch(address)
    if found is None or int(found[1]) > HIGHEST_PORT:
        raise ReverseError(f"'{address}' is not supported: only tcp:PORT is")
    return int(found[1])


def _counted(text: str) -> bytes:
    encoded = text.encode("utf-8", "replace")[:0xFFFF]
    return b"%04x" % len(encoded) + encoded


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()
