"""Serves the backend over TLS in a thread of the harness."""

import asyncio
import contextlib
import socket
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn
from starlette.responses import Response

from masuk.backend.accounts import Accounts
from masuk.backend.certificates import load_or_create_authority, server_certificate
from masuk.backend.journal import Journal
from masuk.backend.service import Service
from masuk.errors import BackendError

HOST = "127.0.0.1"
GUEST_ALIAS = "10.0.2.2"
START_SECONDS = 15
STOP_SECONDS = 10


class Backend:
    """The stub backend, while its `with` block lasts, on a free port of the loopback interface."""

    def __init__(self, authority_folder: Path) -> None:
        self._authority_folder = authority_folder
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self.accounts = Accounts()
        self.journal = Journal()
        self._service = Service(self.accounts, self.journal)
        self.port = 0

    @property
    def address(self) -> str:
        """The address for an app on a device: the guest's name of the host."""
        return f"https://{GUEST_ALIAS}:{self.port}"

    @property
    def minimum_version(self) -> int:
        """The oldest version code that is served."""
        return self._service.minimum_version

    @minimum_version.setter
    def minimum_version(self, code: int) -> None:
        self._service.minimum_version = code

    def reset(self) -> None:
        """Forget accounts, requests and ordered answers."""
        self._service.reset()

    def answer_next(self, path: str, response: Response) -> None:
        """Order an answer for the next request to a path."""
        self._service.answer_next(path, response)

    def reset_token(self, identifier: str) -> str | None:
        """The token that was sent to the owner of an account for a new password, or None."""
        return self._service.reset_token(identifier)

    def __enter__(self) -> Self:
        """Start; raises BackendError when the server does not come up."""
        listener = socket.create_server((HOST, 0))
        self.port = listener.getsockname()[1]
        certificate = server_certificate(load_or_create_authority(self._authority_folder))
        try:
            self._server = _Server(
                uvicorn.Config(
                    self._service.application,
                    ssl_certfile=certificate,
                    ssl_keyfile=certificate,
                    log_config=None,
                    access_log=False,
                    lifespan="off",
                    timeout_graceful_shutdown=2,
                ),
                self._ready,
            )
            self._server.config.load()
        finally:
            certificate.unlink()
        self._thread = threading.Thread(target=self._serve, args=(self._server, listener), name="backend", daemon=True)
        self._thread.start()
        if not self._ready.wait(START_SECONDS) or self._failure:
            raise BackendError(f"The stub backend did not start on port {self.port}: {self._failure or 'no answer'}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop and wait for the end."""
        if self._server is not None:
            self._server.should_exit = True
        if self._thread is not None:
            self._thread.join(STOP_SECONDS)

    def _serve(self, server: uvicorn.Server, listener: socket.socket) -> None:
        with contextlib.closing(listener):
            try:
                asyncio.run(server.serve(sockets=[listener]))
            except BaseException as error:
                self._failure = error
                raise
            finally:
                self._ready.set()


class _Server(uvicorn.Server):
    """Tells when it accepts connections."""

    def __init__(self, config: uvicorn.Config, ready: threading.Event) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready.set()
