import asyncio
import socket
from pathlib import Path

from handset.adb.streams import Stream
from handset.adb.transport import CLSE, CNXN, HEADER, MAX_DATA, OKAY, OPEN, VERSION, WRTE, Handler, Transport
from handset.base.trace import Trace


class Peer:
    """An adb server that speaks packets by hand."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def send(self, command: int, first: int, second: int, payload: bytes = b"") -> None:
        self.writer.write(HEADER.pack(command, first, second, len(payload), 0, command ^ 0xFFFFFFFF) + payload)
        await self.writer.drain()

    async def receive(self) -> tuple[int, int, int, bytes]:
        command, first, second, length, _, _ = HEADER.unpack(await self.reader.readexactly(HEADER.size))
        return command, first, second, await self.reader.readexactly(length)

    async def connect(self, max_data: int = MAX_DATA) -> bytes:
        await self.send(CNXN, VERSION, max_data, b"host::features=shell_v2")
        return (await self.receive())[3]


async def echo(stream: Stream) -> None:
    while data := await stream.read():
        await stream.write(data.upper())


def open_service(name: bytes, transport: Transport) -> Handler | None:
    return echo if name == b"echo:" else None


def run(tmp_path: Path, scenario) -> None:  # type: ignore[no-untyped-def]
    async def main() -> None:
        with Trace(tmp_path / "trace.jsonl") as trace:
            ended = asyncio.Event()

            async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                await Transport(reader, writer, b"device::test", open_service, trace).run()
                ended.set()

            server = await asyncio.start_server(accept, "127.0.0.1", 0)
            peer = Peer(*await asyncio.open_connection(*server.sockets[0].getsockname()[:2]))
            async with asyncio.timeout(5):
                await scenario(peer)
                peer.writer.close()
                await ended.wait()
            server.close()

    asyncio.run(main())


def test_a_connection_is_answered_with_the_banner(tmp_path: Path) -> None:
    async def scenario(peer: Peer) -> None:
        assert await peer.connect() == b"device::test"

    run(tmp_path, scenario)


def test_an_unknown_service_is_refused(tmp_path: Path) -> None:
    async def scenario(peer: Peer) -> None:
        await peer.connect()
        await peer.send(OPEN, 7, 0, b"nope:\0")
        assert (await peer.receive())[:3] == (CLSE, 0, 7)

    run(tmp_path, scenario)


def test_a_stream_carries_data_both_ways_and_closes(tmp_path: Path) -> None:
    async def scenario(peer: Peer) -> None:
        await peer.connect()
        await peer.send(OPEN, 7, 0, b"echo:\0")
        command, local, remote, _ = await peer.receive()
        assert (command, remote) == (OKAY, 7)
        await peer.send(WRTE, 7, local, b"hello")
        assert (await peer.receive())[0] == OKAY
        assert await peer.receive() == (WRTE, local, 7, b"HELLO")
        await peer.send(CLSE, 7, local)
        await peer.send(OKAY, 7, local)
        assert (await peer.receive())[:3] == (CLSE, local, 7)

    run(tmp_path, scenario)


def test_the_second_write_waits_for_the_first_ones_okay(tmp_path: Path) -> None:
    async def scenario(peer: Peer) -> None:
        await peer.connect(max_data=4)
        await peer.send(OPEN, 7, 0, b"echo:\0")
        local = (await peer.receive())[1]
        await peer.send(WRTE, 7, local, b"abcdef")
        assert (await peer.receive())[0] == OKAY
        assert (await peer.receive())[3] == b"ABCD"
        await peer.send(OPEN, 8, 0, b"nope:\0")
        assert (await peer.receive())[0] == CLSE, "the rest must not come before the OKAY"
        await peer.send(OKAY, 7, local)
        assert (await peer.receive())[3] == b"EF"

    run(tmp_path, scenario)


def test_a_packet_with_a_wrong_magic_ends_the_connection(tmp_path: Path) -> None:
    async def scenario(peer: Peer) -> None:
        await peer.connect()
        peer.writer.write(HEADER.pack(OPEN, 1, 0, 0, 0, 0))
        assert await peer.reader.read() == b""

    run(tmp_path, scenario)


def test_a_connection_of_a_socket_made_by_hand_sends_small_packets_at_once(tmp_path: Path) -> None:
    async def main() -> None:
        accepted: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with Trace(tmp_path / "trace.jsonl") as trace:
                transport = Transport(reader, writer, b"device::test", open_service, trace)
            connection = writer.get_extra_info("socket")
            accepted.set_result(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            transport.drop()

        listener = socket.create_server(("127.0.0.1", 0))
        async with await asyncio.start_server(accept, sock=listener), asyncio.timeout(5):
            _, writer = await asyncio.open_connection(*listener.getsockname())
            assert await accepted
            writer.close()

    asyncio.run(main())
