"""The device's time as an app process sees it, however it asks."""

import asyncio
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import trustme

from handset.home import Home
from handset.processes import Command
from handset.runtime.build import build_runtime
from handset.runtime.launch import java_command, unbaked_command
from tests.handset.devices import TOOLCHAIN
from tests.handset.runtime.probing import Probe, ProbeApp, build_probe, probing

YEAR_MS = 365 * 24 * 3600 * 1000


@pytest.fixture(scope="module")
def home() -> Home:
    home = Home(TOOLCHAIN.absolute())
    build_runtime(home)
    return home


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def app(home: Home, authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> ProbeApp:
    return build_probe(home, tmp_path_factory.mktemp("probe"), authority.cert_pem.bytes())


@pytest.fixture(params=[java_command, unbaked_command], ids=["baked", "unbaked"])
def command(home: Home, request: pytest.FixtureRequest) -> Command:
    return partial(request.param, home)


async def assert_time(probe: Probe, ahead_ms: int) -> None:
    *seconds, is_today, span = (await probe.ask("time")).split(" ", 5)
    expected = time.time() + ahead_ms / 1000
    assert [int(each) for each in seconds] == [pytest.approx(expected, abs=20)] * 4
    assert (is_today, span) == ("true", "0 menit yang lalu"), "the framework has the app's time"


def test_each_way_to_ask_for_the_time_follows_the_device(command: Command, app: ProbeApp, tmp_path: Path) -> None:
    async def look() -> None:
        async with probing(command, app, tmp_path, ahead_ms=-3 * YEAR_MS) as probe:
            await assert_time(probe, -3 * YEAR_MS)
            uptime = int(await probe.ask("uptime"))
            await probe.process.call("time", ahead_ms=20 * YEAR_MS)
            await assert_time(probe, 20 * YEAR_MS)
            assert 0 <= int(await probe.ask("uptime")) - uptime < 60_000
            await probe.process.call("time", ahead_ms=0)
            await assert_time(probe, 0)

    asyncio.run(look())


@contextmanager
def https_server(authority: trustme.CA, *names: str) -> Iterator[int]:
    """Answers each request with 200; its port. The certificate is valid for a year."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    yesterday = datetime.now(UTC) - timedelta(days=1)
    leaf = authority.issue_cert(*names, not_before=yesterday, not_after=yesterday + timedelta(days=365))
    leaf.configure_cert(context)
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve, args=(server, context))
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()


def serve(server: socket.socket, context: ssl.SSLContext) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        try:
            with context.wrap_socket(connection, server_side=True) as secure:
                secure.recv(65536)
                secure.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        except OSError:
            connection.close()


def test_certificates_are_judged_at_the_devices_time(
    home: Home, app: ProbeApp, authority: trustme.CA, tmp_path: Path
) -> None:
    async def look(port: int) -> None:
        url = f"get https://10.0.2.2:{port}/"
        async with probing(partial(java_command, home), app, tmp_path) as probe:
            assert await probe.ask(url) == "200"
            await probe.process.call("time", ahead_ms=5 * YEAR_MS)
            assert "CertificateExpiredException" in await probe.ask(url)
            await probe.process.call("time", ahead_ms=-5 * YEAR_MS)
            assert "CertificateNotYetValidException" in await probe.ask(url)
            await probe.process.call("time", ahead_ms=0)
            assert await probe.ask(url) == "200"

    with https_server(authority, "10.0.2.2") as port:
        asyncio.run(look(port))
