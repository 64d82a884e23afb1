"""Runs inside mitmproxy, in an interpreter of its own: stands in for the service as the harness orders.

Orders come as lines of JSON on the standard input: `{"number": 1, "service": ["HOST", PORT], "trouble": …}`, where null
lets everything through. The proxy ends with its input. What happens to requests to the service, and to connections that
lead there, goes to the standard output as lines of JSON after the word `masuk`. Other traffic of the device passes, and
is nobody's business.
"""

import asyncio
import base64
import contextlib
import json
import sys
from typing import Any

from mitmproxy import ctx, http, tls
from mitmproxy.proxy.server_hooks import ServerConnectionHookData

GUEST_ALIAS = "10.0.2.2"
HOST = "127.0.0.1"
PROBE = "x-masuk-probe"
"""The header of the harness's own requests."""


class Troubles:
    """One trouble at a time, for every request."""

    def __init__(self) -> None:
        self._trouble: dict[str, Any] | None = None
        self._service: tuple[str, int] | None = None
        self._over = asyncio.Event()
        self._listening: asyncio.Task[None] | None = None

    async def running(self) -> None:
        """Listen for orders."""
        self._listening = asyncio.create_task(self._listen())
        tell(listening=True)

    async def request(self, flow: http.HTTPFlow) -> None:
        """Answer in the service's place, or keep the request from it."""
        trouble = self._trouble
        if not self._leads_to_service(flow.request.host, flow.request.port):
            return
        if PROBE not in flow.request.headers:
            tell(request=flow.request.path, troubled=trouble is not None)
        if trouble is None:
            return
        if trouble["kind"] == "says":
            body = base64.b64decode(trouble["body"])
            flow.response = http.Response.make(trouble["status"], body, trouble["headers"])
        elif trouble["kind"] == "silent":
            await self._over.wait()
            flow.kill()
        elif trouble["kind"] == "late":
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._over.wait(), trouble["seconds"])

    async def response(self, flow: http.HTTPFlow) -> None:
        """Break the service's answer off in the middle."""
        here = self._leads_to_service(flow.request.host, flow.request.port)
        if here and self._trouble is not None and self._trouble["kind"] == "breaks off" and flow.response is not None:
            whole = flow.response.content or b""
            flow.response.content = whole[: len(whole) // 2]
            flow.response.headers["content-length"] = str(len(whole))
            flow.response.headers["connection"] = "close"

    def tls_failed_client(self, data: tls.TlsData) -> None:
        """A client of the service does not trust the authority."""
        address = data.context.server.address
        if address is not None and self._leads_to_service(*address[:2]):
            tell(refused=str(data.conn.error))

    def server_connect(self, data: ServerConnectionHookData) -> None:
        """What a device calls the host is this machine."""
        address = data.server.address
        if address is not None and address[0] == GUEST_ALIAS:
            data.server.address = (HOST, address[1])

    def _leads_to_service(self, host: str, port: int) -> bool:
        if self._service is None:
            return False
        name, number = self._service
        return port == number and host.lower() in {name.lower(), *([HOST] if name == GUEST_ALIAS else [])}

    async def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        reader = asyncio.StreamReader()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        while line := await reader.readline():
            order = json.loads(line)
            self._over.set()
            self._over = asyncio.Event()
            self._trouble = order["trouble"]
            self._service = (order["service"][0], order["service"][1])
            tell(done=order["number"])
        ctx.master.shutdown()


def tell(**news: object) -> None:
    """Say something to the harness."""
    print("masuk", json.dumps(news), flush=True)


addons = [Troubles()]
