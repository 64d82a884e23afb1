"""What an adb server and its devices are asked, through its socket: the adb program takes ten times as long to begin.

Requests and answers of the server are those of AOSP's `SERVICES.TXT`, packets of the shell those of `shell_protocol.h`.
"""

import socket
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

STDOUT, STDERR, EXIT, CLOSE_STDIN = 1, 2, 3, 4
HEADER = struct.Struct("<BI")
"""Of a packet: its kind, and how many bytes follow."""
LONGEST_REQUEST = 0xFFFF
CHUNK = 65536
BROKEN_OFF = b"the connection to the device broke off"


class RefusedError(Exception):
    """The server is not there, or does not do what it was asked. Nothing has happened; the adb program says why."""


def host(port: int, request: str, timeout: float) -> str:
    """What a server answers about itself, such as its `version` or `devices`. Raises RefusedError and TimeoutError."""
    with _connection(port, timeout) as stream:
        stream.request(f"host:{request}")
        length = stream.read(4)
        try:
            return stream.read(int(length, 16)).decode(errors="replace")
        except ValueError:
            raise RefusedError(f"the answer to {request} has no length") from None


def shell(port: int, serial: str, command: str, timeout: float) -> subprocess.CompletedProcess[bytes]:
    """What has become of a shell command that reads nothing; as with adb, 1 when the connection broke off.

    Raises RefusedError, and TimeoutError when it has not ended after `timeout` seconds.
    """
    written = {STDOUT: bytearray(), STDERR: bytearray()}
    exit_code = None
    with _service(port, serial, f"shell,v2,raw:{command}", timeout) as stream:
        stream.send(HEADER.pack(CLOSE_STDIN, 0))
        while exit_code is None and len(header := stream.read(HEADER.size)) == HEADER.size:
            kind, length = HEADER.unpack(header)
            content = stream.read(length)
            if kind in written:
                written[kind] += content
            elif kind == EXIT and content:
                exit_code = content[0]
    if exit_code is None:
        exit_code, written[STDERR] = 1, written[STDERR] + BROKEN_OFF
    return subprocess.CompletedProcess(command, exit_code, bytes(written[STDOUT]), bytes(written[STDERR]))


def output(port: int, serial: str, command: str, timeout: float) -> bytes:
    """What a command has written, byte for byte. Raises RefusedError and TimeoutError as `shell` does."""
    with _service(port, serial, f"exec:{command}", timeout) as stream:
        return stream.rest()


class _Stream:
    """A connection with a time by which everything must be over."""

    def __init__(self, connected: socket.socket, deadline: float) -> None:
        self._socket = connected
        self._deadline = deadline

    def send(self, content: bytes) -> None:
        self._socket.settimeout(self._left())
        self._socket.sendall(content)

    def request(self, service: str) -> None:
        """Ask the server for a service. Raises RefusedError."""
        name = service.encode()
        if len(name) > LONGEST_REQUEST:
            raise RefusedError(f"{len(name)} bytes are too many for one request")
        try:
            self.send(b"%04x%s" % (len(name), name))
        except ConnectionError as error:
            raise RefusedError(str(error)) from error
        if (answer := self.read(4)) != b"OKAY":
            raise RefusedError((answer + self.rest()).decode(errors="replace"))

    def read(self, count: int) -> bytes:
        """So many bytes, or fewer when the other side has ended."""
        content = bytearray()
        while len(content) < count and (more := self._receive(count - len(content))):
            content += more
        return bytes(content)

    def rest(self) -> bytes:
        """Everything until the other side ends."""
        content = bytearray()
        while more := self._receive(CHUNK):
            content += more
        return bytes(content)

    def _receive(self, most: int) -> bytes:
        self._socket.settimeout(self._left())
        try:
            return self._socket.recv(most)
        except ConnectionError:
            return b""

    def _left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


@contextmanager
def _connection(port: int, timeout: float) -> Iterator[_Stream]:
    try:
        connected = socket.create_connection(("127.0.0.1", port), timeout)
    except ConnectionError as error:
        raise RefusedError(str(error)) from error
    with connected:
        yield _Stream(connected, time.monotonic() + timeout)


@contextmanager
def _service(port: int, serial: str, name: str, timeout: float) -> Iterator[_Stream]:
    with _connection(port, timeout) as stream:
        stream.request(f"host:transport:{serial}")
        stream.request(name)
        yield stream
