"""Radios by `svc`, and the probes that show whether the device has a network."""

import asyncio
import time
from contextlib import suppress

from handset.shell.numbers import decimal, whole
from handset.shell.registry import Context, UsageError, command

HOST_ALIAS = "10.0.2.2"
LOOPBACK = "127.0.0.1"
PROBE_TIMEOUT = 10.0


@command("svc")
async def svc(context: Context) -> int:
    """`svc wifi|data enable|disable`, `svc power stayon …`."""
    network = context.device.network
    match context.arguments:
        case ["wifi", "enable" | "disable" as state]:
            await network.set_wifi(state == "enable")
        case ["data", "enable" | "disable" as state]:
            await network.set_mobile_data(state == "enable")
        case ["power" | "bluetooth" | "nfc" | "usb", *_]:
            pass
        case other:
            context.missing(f"svc {' '.join(other)}")
            context.complain("Available commands: wifi data power")
            return 1
    return 0


def way_to(address: str) -> str:
    """Where the device's packets to an address really go: 10.0.2.2 is the machine that runs the device."""
    return LOOPBACK if address == HOST_ALIAS else address


def reachable(context: Context, address: str) -> bool:
    """Whether the device's network lets a packet out; the device's own loopback always works."""
    return address == LOOPBACK or context.device.network.online


@command("ping")
async def ping(context: Context) -> int:
    """`ping [-c N] [-W SECONDS] HOST`: 10.0.2.2 answers while the device is online, other hosts do not."""
    options, operands = context.options("c:W:w:i:s:qn")
    if not operands:
        raise UsageError("ping: a host is missing")
    host = operands[0]
    address = await context.device.network.address(host)
    if address is None:
        context.complain(f"ping: unknown host {host}")
        return 2
    if not reachable(context, address):
        context.complain("connect: Network is unreachable")
        return 2
    count = max(1, whole(options.get("c", "1"), "ping"))
    context.print(f"PING {host} ({address}) 56(84) bytes of data.")
    answers = way_to(address) == LOOPBACK
    received = count if answers else 0
    shown = address if host == address else f"{host} ({address})"
    for number in range(1, received + 1):
        context.print(f"64 bytes from {shown}: icmp_seq={number} ttl=255 time=0.1 ms")
        await context.stdout.flush()
        await asyncio.sleep(0)
    loss = 0 if answers else 100
    context.print(f"\n--- {host} ping statistics ---")
    context.print(f"{count} packets transmitted, {received} received, {loss}% packet loss, time 0ms")
    return int(not answers)


@command("nc", "netcat")
async def netcat(context: Context) -> int:
    """`nc [-z] [-w SECONDS] HOST PORT`: connect through the device's network; stdin goes out, answers come back."""
    options, operands = context.options("zw:vnW:q:")
    if len(operands) < 2:
        raise UsageError("nc: usage: nc [-z] [-w SECONDS] HOST PORT")
    host, port = operands[0], whole(operands[1], "nc")
    if not 0 < port < 1 << 16:
        raise UsageError(f"nc: bad port {port}")
    address = await context.device.network.address(host)
    if address is None:
        context.complain(f"nc: {host}:{port}: No address associated with hostname")
        return 1
    if not reachable(context, address):
        context.complain("nc: connect: Network is unreachable")
        return 1
    limit = decimal(str(options.get("w", PROBE_TIMEOUT)), "nc")
    started = time.monotonic()
    try:
        async with asyncio.timeout(limit):
            reader, writer = await asyncio.open_connection(way_to(address), port)
    except (OSError, TimeoutError) as error:
        reason = "Connection timed out" if isinstance(error, TimeoutError) else "Connection refused"
        context.complain(f"nc: connect: {reason} ({time.monotonic() - started:.1f} s)")
        return 1
    if "z" not in options:
        await _talk(context, reader, writer, limit)
    writer.close()
    return 0


async def _talk(context: Context, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, limit: float) -> None:
    async def send() -> None:
        while data := await context.stdin.read():
            writer.write(data)
            await writer.drain()
        with suppress(OSError):
            writer.write_eof()

    sending = asyncio.create_task(send())
    try:
        with suppress(TimeoutError, ConnectionError):
            async with asyncio.timeout(limit):
                while data := await reader.read(65536):
                    context.stdout.write(data)
                    await context.stdout.flush()
    finally:
        sending.cancel()
