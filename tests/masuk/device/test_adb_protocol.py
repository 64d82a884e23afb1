"""What comes from an adb server's socket, whole or broken off, by a server that says what it is told to."""

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator

import pytest

from masuk.base.errors import DeviceError
from masuk.device import adb_protocol
from masuk.device.adb import Adb

SERIAL = "emulator-5554"
TRANSPORT = b"001chost:transport:emulator-5554"
Serve = Callable[..., int]


def packet(kind: int, content: bytes) -> bytes:
    return struct.pack("<BI", kind, len(content)) + content


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts a server that waits for each request and answers it, byte by byte; its port."""
    with contextlib.ExitStack() as sockets:

        def start(*talk: tuple[bytes, bytes], hang_up: bool = True) -> int:
            listening = sockets.enter_context(socket.create_server(("127.0.0.1", 0)))
            done = threading.Event()
            sockets.callback(done.set)

            def answer() -> None:
                connection, _ = listening.accept()
                with connection:
                    for awaited, said in talk:
                        assert connection.recv(len(awaited), socket.MSG_WAITALL) == awaited
                        for byte in said:
                            connection.send(bytes([byte]))
                    if not hang_up:
                        done.wait(30)

            threading.Thread(target=answer, daemon=True).start()
            return int(listening.getsockname()[1])

        yield start


def test_both_outputs_and_the_exit_code_of_a_command(serve: Serve) -> None:
    said = packet(1, b"one ") + packet(2, b"trouble") + packet(1, b"two") + packet(3, b"\x07") + b"not read"
    port = serve((TRANSPORT, b"OKAY"), (b"0011shell,v2,raw:true", b"OKAY"), (packet(4, b""), said))
    result = adb_protocol.shell(port, SERIAL, "true", 5)
    assert (result.stdout, result.stderr, result.returncode) == (b"one two", b"trouble", 7)


def test_a_command_of_which_no_end_was_heard_has_failed(serve: Serve) -> None:
    said = packet(1, b"half of") + packet(1, b"the answer")[:-3]
    port = serve((TRANSPORT, b"OKAY"), (b"0011shell,v2,raw:true", b"OKAY"), (packet(4, b""), said))
    result = adb_protocol.shell(port, SERIAL, "true", 5)
    assert result.returncode == 1
    assert result.stdout == b"half ofthe ans"
    assert result.stderr == b"the connection to the device broke off"


def test_output_is_everything_until_the_end(serve: Serve) -> None:
    port = serve((TRANSPORT, b"OKAY"), (b"0008exec:cat", b"OKAY\x00\xff\r\n"))
    assert adb_protocol.output(port, SERIAL, "cat", 5) == b"\x00\xff\r\n"


def test_what_a_server_says_of_itself(serve: Serve) -> None:
    port = serve((b"000chost:version", b"OKAY00040029"))
    assert adb_protocol.host(port, "version", 5) == "0029"


def test_an_answer_without_a_length_is_none(serve: Serve) -> None:
    port = serve((b"000chost:version", b"OKAY"))
    with pytest.raises(adb_protocol.RefusedError, match="has no length"):
        adb_protocol.host(port, "version", 5)


def test_a_refusal_is_told_in_the_words_of_the_server(serve: Serve) -> None:
    port = serve((TRANSPORT, b"FAIL001edevice 'emulator-5554' not found"))
    with pytest.raises(adb_protocol.RefusedError, match="device 'emulator-5554' not found"):
        adb_protocol.shell(port, SERIAL, "true", 5)


def test_a_server_that_is_not_there_refuses() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))  # and does not listen
        with pytest.raises(adb_protocol.RefusedError):
            adb_protocol.output(bound.getsockname()[1], SERIAL, "cat", 5)


def test_a_request_that_the_protocol_has_no_room_for_is_left_to_the_program(serve: Serve) -> None:
    port = serve((TRANSPORT, b"OKAY"))
    with pytest.raises(adb_protocol.RefusedError, match="too many"):
        adb_protocol.shell(port, SERIAL, "x" * 0x10000, 5)


@pytest.mark.parametrize("talk", [[], [(TRANSPORT, b"OKAY"), (b"0011shell,v2,raw:true", b"OKAY")]])
def test_who_says_nothing_is_not_waited_for_longer_than_was_asked(
    talk: list[tuple[bytes, bytes]], serve: Serve
) -> None:
    port = serve(*talk, hang_up=False)
    with pytest.raises(DeviceError, match=r"adb -s emulator-5554 shell true did not end within 0\.3 s"):
        Adb.at(port).shell(SERIAL, "true", timeout=0.3)
