"""The bad link, with real sockets: what passes, how badly, and what is counted."""

import contextlib
import http.client
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from typing_extensions import override

from masuk.services.network_proxy import HOST, Conditions, Link

PATIENCE = 5


class Echo:
    """A server that sends back what it gets."""

    def __init__(self) -> None:
        self._socket = socket.create_server((HOST, 0))
        self.port = int(self._socket.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    @staticmethod
    def _serve(connection: socket.socket) -> None:
        with connection:
            try:
                while data := connection.recv(65536):
                    connection.sendall(data)
            except OSError:
                return

    def close(self) -> None:
        # To close a socket does not wake who waits in accept.
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


@pytest.fixture
def echo() -> Iterator[Echo]:
    server = Echo()
    yield server
    server.close()


@pytest.fixture
def link() -> Iterator[Link]:
    with Link() as link:
        yield link


def through(link: Link, port: int) -> socket.socket:
    """A connection to a port of the host through the link, as an app makes it that uses the system's proxy."""
    connection = socket.create_connection((HOST, link.port), timeout=PATIENCE)
    try:
        connection.sendall(f"CONNECT 10.0.2.2:{port} HTTP/1.1\r\nHost: 10.0.2.2:{port}\r\n\r\n".encode())
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            received = connection.recv(1)
            if not received:
                raise ConnectionResetError("closed before it was connected")
            head += received
        assert b" 200 " in head, head
    except BaseException:
        connection.close()
        raise
    return connection


def exchange(connection: socket.socket, content: bytes) -> bytes:
    connection.sendall(content)
    back = b""
    while len(back) < len(content):
        received = connection.recv(65536)
        if not received:
            break
        back += received
    return back


def test_every_byte_passes_and_is_counted(link: Link, echo: Echo) -> None:
    content = bytes(range(256)) * 1000
    with through(link, echo.port) as connection:
        assert exchange(connection, content) == content
    assert (link.led_to("10.0.2.2", echo.port), link.carried.sent) == (1, len(content))
    assert link.carried.received <= len(content)


def test_latency_is_waited_for_in_each_direction(link: Link, echo: Echo) -> None:
    link.reset(Conditions(latency=0.15))
    with through(link, echo.port) as connection:
        started = time.monotonic()
        assert exchange(connection, b"ping") == b"ping"
        assert time.monotonic() - started >= 0.3


def test_bandwidth_limits_what_passes(link: Link, echo: Echo) -> None:
    link.reset(Conditions(bytes_per_second=20_000))
    with through(link, echo.port) as connection:
        started = time.monotonic()
        exchange(connection, bytes(10_000))
        assert time.monotonic() - started >= 0.5


def test_segments_keep_their_order_whatever_is_lost(link: Link, echo: Echo) -> None:
    link.reset(Conditions(loss=0.3, resend=0.02, jitter=0.005))
    content = bytes(number % 251 for number in range(60_000))
    with through(link, echo.port) as connection:
        assert exchange(connection, content) == content


def test_a_link_that_refuses_lets_nothing_through(link: Link, echo: Echo) -> None:
    link.reset(Conditions(refuses=True))
    with pytest.raises(OSError):
        through(link, echo.port)
    assert (link.led_to("10.0.2.2", echo.port), link.carried.sent) == (1, 0)


def test_a_silent_link_accepts_and_says_nothing(link: Link, echo: Echo) -> None:
    link.reset(Conditions(silent=True))
    with socket.create_connection((HOST, link.port), timeout=0.3) as connection:
        connection.sendall(f"CONNECT 10.0.2.2:{echo.port} HTTP/1.1\r\n\r\n".encode())
        with pytest.raises(TimeoutError):
            connection.recv(1)
    assert link.led_to("10.0.2.2", echo.port) == 1


def test_connections_are_counted_by_where_they_lead(link: Link, echo: Echo) -> None:
    with through(link, echo.port), socket.create_connection((HOST, link.port)):  # the second says nothing
        pass
    assert link.led_to("10.0.2.2", echo.port) == 1
    assert link.led_to("10.0.2.2", echo.port + 1) == 0
    assert link.led_to("staging.example.org", echo.port) == 0
    link.reset()
    assert link.led_to("10.0.2.2", echo.port) == 0


def test_cutting_breaks_off_what_lives(link: Link, echo: Echo) -> None:
    with through(link, echo.port) as connection:
        assert exchange(connection, b"before") == b"before"
        assert link.cut() > 0
        assert connection.recv(1) == b""


class Upper(BaseHTTPRequestHandler):
    """A service in clear: says what it was asked for, in capitals."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).upper() + self.path.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    @override
    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def in_clear() -> Iterator[int]:
    """The port of a service in clear."""
    with ThreadingHTTPServer((HOST, 0), Upper) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def post(link: Link, port: int, body: bytes) -> http.client.HTTPResponse:
    """A request in clear through the link, as an app makes it whose service has no TLS."""
    connection = http.client.HTTPConnection(HOST, link.port, timeout=PATIENCE)
    connection.request("POST", f"http://10.0.2.2:{port}/login?x=1", body, {"Host": f"10.0.2.2:{port}"})
    return connection.getresponse()


def test_a_request_in_clear_passes_and_is_counted(link: Link, in_clear: int) -> None:
    body = b"pin=abcd" * 1000
    with contextlib.closing(post(link, in_clear, body)) as answer:
        assert answer.read() == body.upper() + b"/login?x=1"
    assert link.led_to("10.0.2.2", in_clear) == 1
    assert link.carried.sent > len(body)


def test_a_request_in_clear_is_late_and_refused_as_any_other(link: Link, in_clear: int) -> None:
    link.reset(Conditions(latency=0.15))
    started = time.monotonic()
    with contextlib.closing(post(link, in_clear, b"x")) as answer:
        answer.read()
    assert time.monotonic() - started >= 0.3
    link.reset(Conditions(refuses=True))
    with pytest.raises((OSError, http.client.HTTPException)):
        post(link, in_clear, b"x")
    assert link.led_to("10.0.2.2", in_clear) == 1


@pytest.mark.parametrize("head", ["GET / HTTP/1.1", "GET ftp://10.0.2.2/ HTTP/1.1", "CONNECT nowhere HTTP/1.1", "?"])
def test_what_no_proxy_can_serve_is_refused_in_words(link: Link, head: str) -> None:
    with socket.create_connection((HOST, link.port), timeout=PATIENCE) as connection:
        connection.sendall(f"{head}\r\n\r\n".encode())
        assert connection.recv(1024).startswith(b"HTTP/1.1 400 ")


def test_a_far_end_that_is_not_there_is_a_bad_gateway(link: Link) -> None:
    with socket.create_server((HOST, 0)) as unused:
        port = unused.getsockname()[1]
    with socket.create_connection((HOST, link.port), timeout=PATIENCE) as connection:
        connection.sendall(f"CONNECT 10.0.2.2:{port} HTTP/1.1\r\n\r\n".encode())
        assert connection.recv(1024).startswith(b"HTTP/1.1 502 ")
