"""Introduces the device to an adb server, as a booting emulator does."""

import asyncio
from contextlib import suppress

CONNECT_TIMEOUT = 5.0


async def announce(port: int, server_port: int) -> bool:
    """Tell the adb server at `server_port` of an emulator whose adb port is `port`; False when no server listens."""
    request = f"host:emulator:{port}".encode()
    try:
        async with asyncio.timeout(CONNECT_TIMEOUT):
            _, writer = await asyncio.open_connection("127.0.0.1", server_port)
            writer.write(b"%04x" % len(request) + request)
            await writer.drain()
    except (OSError, TimeoutError):
        return False
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()
    return True
