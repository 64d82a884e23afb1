"""The interceptor, with a real mitmproxy: it troubles and counts the service, and nothing else of the device."""

import http.client
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import trustme
from typing_extensions import override

from masuk.base.endpoint import Destination
from masuk.services.backend.trouble import BreaksOff, Says
from masuk.services.intercept.interceptor import HOST, Interceptor
from masuk.toolchain.installer import set_up_interception
from masuk.toolchain.tools import Toolchain

WELL = b"all is well here"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(WELL)))
        self.end_headers()
        self.wfile.write(WELL)

    @override
    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def ports() -> Iterator[tuple[int, int]]:
    """The ports of two services in clear, of which one is the app's."""
    with ThreadingHTTPServer((HOST, 0), Handler) as first, ThreadingHTTPServer((HOST, 0), Handler) as second:
        for server in (first, second):
            threading.Thread(target=server.serve_forever, daemon=True).start()
        yield first.server_address[1], second.server_address[1]
        first.shutdown()
        second.shutdown()


@pytest.fixture
def interceptor(ports: tuple[int, int], tmp_path: Path) -> Iterator[Interceptor]:
    toolchain = Toolchain.default()
    set_up_interception(toolchain)
    authority = trustme.CA(organization_name="an authority")
    pem = tmp_path / "authority.pem"
    pem.write_bytes(authority.private_key_pem.bytes() + authority.cert_pem.bytes())
    with Interceptor(toolchain, pem, Destination(f"http://10.0.2.2:{ports[0]}"), tmp_path / "logs") as running:
        yield running


def get(interceptor: Interceptor, port: int) -> tuple[int, bytes]:
    """What an app gets that uses the proxy."""
    with closing(http.client.HTTPConnection(HOST, interceptor.port, timeout=10)) as connection:
        connection.request("GET", f"http://10.0.2.2:{port}/card")
        answer = connection.getresponse()
        return answer.status, answer.read()


def test_a_service_in_clear_is_troubled_and_counted_and_no_other(
    interceptor: Interceptor, ports: tuple[int, int]
) -> None:
    service, other = ports
    interceptor.order(None)
    assert get(interceptor, service) == (200, WELL)
    interceptor.order(Says(503, "closed", {}))
    assert get(interceptor, service) == (503, b"closed")
    assert get(interceptor, other) == (200, WELL)
    news = [one for one in interceptor.news() if "request" in one]
    assert news == [{"request": "/card", "troubled": False}, {"request": "/card", "troubled": True}]


def test_the_harnesss_own_request_is_troubled_and_not_counted(interceptor: Interceptor, ports: tuple[int, int]) -> None:
    interceptor.order(Says(503, "closed", {}))
    assert interceptor.probe(10).status == 503
    interceptor.order(BreaksOff())
    assert interceptor.probe(10).trouble.startswith("IncompleteRead")
    interceptor.order(None)
    assert interceptor.probe(10).status == 200
    assert not [one for one in interceptor.news() if "request" in one]


def test_only_a_client_of_the_service_that_refuses_the_authority_is_told(
    interceptor: Interceptor, ports: tuple[int, int]
) -> None:
    service, other = ports
    interceptor.order(None)
    for port in (other, service):
        with closing(http.client.HTTPSConnection(HOST, interceptor.port, timeout=10)) as connection:
            connection.set_tunnel("10.0.2.2", port)
            with pytest.raises(ssl.SSLCertVerificationError):
                connection.request("GET", "/")
    interceptor.order(None)  # answered after what came before it
    assert len([one for one in interceptor.news() if "refused" in one]) == 1
