"""The device's side of adb: a connection from each adb server that has found it."""

import asyncio
from typing import TYPE_CHECKING, Any

from handset.adb.services import Services
from handset.adb.transport import Transport

if TYPE_CHECKING:
    from handset.device import Device

PACKET_LIMIT = 4 << 20
CLOSE_GRACE = 2.0


class AdbDaemon:
    """Serves a device to adb servers, as adbd does."""

    def __init__(self, device: "Device") -> None:
        self._trace = device.trace
        self._services = Services(device)
        self._transports: dict[asyncio.Task[Any], Transport] = {}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection from an adb server. Its reader has to hold PACKET_LIMIT bytes."""
        transport = Transport(reader, writer, self._services.banner, self._services.open, self._trace)
        task = asyncio.current_task()
        assert task is not None
        self._transports[task] = transport
        try:
            await transport.run()
        finally:
            del self._transports[task]

    async def close(self) -> None:
        """End every connection, and what was running for it."""
        connections = dict(self._transports)
        for transport in connections.values():
            transport.drop()
        if connections:
            await asyncio.wait(connections, timeout=CLOSE_GRACE)
        self._services.close()
