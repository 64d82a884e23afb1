"""A server that accepts every connection, reads what comes and never answers."""

import socketserver
import threading
from types import TracebackType
from typing import Self

from typing_extensions import override


class SilentServer:
    """Listens on a free port of the loopback interface while its `with` block lasts, and counts its connections."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._living = 0
        server = self

        class Handler(socketserver.BaseRequestHandler):
            @override
            def handle(self) -> None:
                server.count(+1)
                try:
                    while self.request.recv(4096):
                        pass
                except ConnectionError:
                    pass  # cut hard, which is an end as well
                finally:
                    server.count(-1)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, name="silent-server", daemon=True)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._server.server_address[1])

    @property
    def living(self) -> int:
        """How many connections have been neither closed nor cut by the client."""
        with self._lock:
            return self._living

    def count(self, change: int) -> None:
        """Note that a connection began or ended."""
        with self._lock:
            self._living += change

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
