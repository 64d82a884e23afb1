"""Serves the backend over TLS in a thread of the harness."""

import asyncio
import contextlib
import socket
import ssl
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn

from masuk.base.errors import BackendError
from masuk.services.backend.accounts import Accounts
from masuk.services.backend.journal import Journal
from masuk.services.backend.login_api import Service
from masuk.services.backend.probing import Probed, probe
from masuk.services.backend.trouble import Trouble
from masuk.services.backend.website import LOGIN_PATH
from masuk.services.personas import Persona
from masuk.services.website_visitor import Website
from masuk.toolchain.certificate_authority import CERTIFICATE, Certificate, server_context

HOST = "127.0.0.1"
GUEST_ALIAS = "10.0.2.2"
START_SECONDS = 15
STOP_SECONDS = 10
TICK_SECONDS = 0.1
"""Uvicorn's own."""


class Backend:
    """The stub backend, while its `with` block lasts, on a free port of the loopback interface."""

    def __init__(self, authority_folder: Path) -> None:
        self._authority_folder = authority_folder
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._presented: ssl.SSLContext | None = None
        self.accounts = Accounts()
        self.journal = Journal()
        self._service = Service(self.accounts, self.journal)
        self.port = 0
        self._before_trouble = 0
        self._hellos = 0
        """TLS connections that were begun."""
        self._own = 0
        """Those of the harness, but for a visitor of the website, who makes as many as a browser likes."""
        self._visited = False

    @property
    def reached(self) -> bool:
        """Whether a request of an app has ever come, in this scenario or in an earlier one."""
        return self._service.reached

    @property
    def foreign_hellos(self) -> int:
        """How many TLS connections others have begun, among them those that have refused our certificate.

        0 when it can't be told, since the website was visited.
        """
        return 0 if self._visited else max(0, self._hellos - self._own)

    @property
    def address(self) -> str:
        """The address for an app on a device: the guest's name of the host."""
        return f"https://{GUEST_ALIAS}:{self.port}"

    @property
    def alive(self) -> bool:
        """Whether it still serves."""
        return self._thread is not None and self._thread.is_alive()

    @property
    def service(self) -> Service:
        """The service behind the address, whose settings may be changed at any time."""
        return self._service

    def reset(self) -> None:
        """Forget accounts and requests, and be sound."""
        self.end_trouble()
        self.present(Certificate.GOOD)
        self._service.reset()

    def register(self, member: Persona) -> None:
        """Open an account for a member."""
        self.accounts.add(
            identifier=member.identifier.reveal(),
            password=member.password.reveal(),
            name=member.name,
            card_number=member.card_number.reveal(),
            status=member.status,
        )

    def begin_trouble(self, trouble: Trouble, path: str | None = None) -> None:
        """Let a trouble decide about every request, or those to one path, until it is taken away."""
        self.end_trouble()
        self._service.troubled_path = path
        self._service.trouble = trouble
        self._before_trouble = len(self.journal.requests())

    def is_well(self, probed: Probed) -> bool:
        """Whether that is what a client gets without a trouble."""
        return probed.status == 200

    def gone_past(self) -> str | None:
        """How requests have avoided the trouble since it began; None when none has."""
        past = [request for request in self.journal.requests()[self._before_trouble :] if not request.troubled]
        return f"{len(past)} requests were answered as usual" if past else None

    def end_trouble(self) -> None:
        """Take the trouble away, if there is one; requests that wait for it are let go."""
        trouble, self._service.trouble = self._service.trouble, None
        if trouble is not None and self._loop is not None:
            self._loop.call_soon_threadsafe(trouble.end)

    def present(self, kind: Certificate) -> None:
        """Show a certificate of that kind to whoever connects from now on."""
        good = kind is Certificate.GOOD
        self._presented = None if good else server_context(self._authority_folder, kind)

    def probe(
        self,
        *,
        method: str = "GET",
        path: str = "/v1/app-version",
        timeout: float = 5,
        headers: Mapping[str, str] | None = None,
    ) -> Probed:
        """What a client that trusts our authority gets; neither on record nor counted as a member's try."""
        self._own += 1
        return probe((HOST, self.port), self.authority, path=path, timeout=timeout, method=method, headers=headers)

    def catch_up(self) -> None:
        """Wait until every request that has come is on record: until one of our own, behind them, is answered."""
        self.probe()

    @property
    def website_address(self) -> str:
        """The website's login page, for the host."""
        return f"https://{HOST}:{self.port}{LOGIN_PATH}"

    @property
    def authority(self) -> Path:
        """The certificate of the authority that vouches for the service (PEM)."""
        return self._authority_folder / CERTIFICATE

    def website(self) -> Website:
        """A visitor of the website, who comes from the host."""
        self._visited = True
        return Website.trusting(self.website_address, self.authority)

    def sent_resets(self) -> list[str]:
        """The identifiers of the members who were sent a token for a new password, one for each token."""
        return list(self._service.reset_tokens().values())

    def confirm_reset(self, identifier: str, password: str) -> None:
        """What the owner of an account does with the token that was sent to them. Raises BackendError without one."""
        if not self._service.confirm_reset(identifier, password):
            raise BackendError("Nothing was sent to the member: no new password was asked for, or not for this number.")

    def revive(self) -> None:
        """Start anew, on another port, if the server has died. Raises BackendError."""
        if not self.alive:
            self._start()

    def __enter__(self) -> Self:
        """Start; raises BackendError when the server does not come up."""
        self._start()
        return self

    def _start(self) -> None:
        self._ready, self._failure = threading.Event(), None
        listener = socket.create_server((HOST, 0))
        # Connections inherit it. Head and body of an answer are two small writes, of which the second would wait 40 ms.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.port = listener.getsockname()[1]
        good = server_context(self._authority_folder, Certificate.GOOD)

        # Asked for each connection, by clients too that send no name, as those do who connect to a number.
        def choose(connection: ssl.SSLObject, _name: str | None, _context: ssl.SSLContext) -> None:
            self._hellos += 1
            connection.context = self._presented or good

        good.sni_callback = choose
        config = uvicorn.Config(
            self._service.application,
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=2,
        )
        config.load()
        config.ssl = good
        self._server = _Server(config, self._ready)
        self._thread = threading.Thread(target=self._serve, args=(self._server, listener), name="backend", daemon=True)
        self._thread.start()
        if not self._ready.wait(START_SECONDS) or self._failure:
            raise BackendError(f"The stub backend did not start on port {self.port}: {self._failure or 'no answer'}")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop and wait for the end."""
        self.end_trouble()
        if self._server is not None and self._loop is not None and self.alive:
            self._loop.call_soon_threadsafe(self._server.stop)
        if self._thread is not None:
            self._thread.join(STOP_SECONDS)

    def _serve(self, server: "_Server", listener: socket.socket) -> None:
        with contextlib.closing(listener):
            try:
                asyncio.run(self._serve_here(server, listener))
            except BaseException as error:
                self._failure = error
                raise
            finally:
                self._ready.set()

    async def _serve_here(self, server: "_Server", listener: socket.socket) -> None:
        self._loop = asyncio.get_running_loop()
        await server.serve(sockets=[listener])


class _Server(uvicorn.Server):
    """Tells when it accepts connections, and stops at once, where uvicorn takes two tenths of a second."""

    def __init__(self, config: uvicorn.Config, ready: threading.Event) -> None:
        super().__init__(config)
        self._ready = ready
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """For the thread that serves."""
        self.should_exit = True
        self._stopping.set()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready.set()

    async def main_loop(self) -> None:
        ticks = 0
        while not await self.on_tick(ticks):
            ticks += 1
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), TICK_SECONDS)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for listener in sockets or []:
            listener.close()
        for connection in self.server_state.connections:
            connection.transport.abort()
        while self.server_state.connections:  # noqa: ASYNC110 - the next turns of the loop hang up
            await asyncio.sleep(0)
        if self.server_state.tasks:
            await asyncio.wait(self.server_state.tasks, timeout=self.config.timeout_graceful_shutdown)
