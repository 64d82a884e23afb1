"""A server with a certificate, on the host's loopback."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import trustme


@contextmanager
def https_server(authority: trustme.CA, *names: str, keeps_open: threading.Event | None = None) -> Iterator[int]:
    """Answers each request with 200; its port. The certificate is valid for a year.

    Connections are kept open until `keeps_open` is set, whatever the client does.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    yesterday = datetime.now(UTC) - timedelta(days=1)
    leaf = authority.issue_cert(*names, not_before=yesterday, not_after=yesterday + timedelta(days=365))
    leaf.configure_cert(context)
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve, args=(server, context, keeps_open))
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()


def serve(server: socket.socket, context: ssl.SSLContext, keeps_open: threading.Event | None) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        try:
            with context.wrap_socket(connection, server_side=True) as secure:
                secure.recv(65536)
                secure.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                if keeps_open is not None:
                    keeps_open.wait()
        except OSError:
            connection.close()
