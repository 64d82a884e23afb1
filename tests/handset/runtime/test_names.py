"""Names as an app process resolves them."""

import asyncio
import socket
from dataclasses import asdict
from pathlib import Path

import trustme

from handset.processes.app_process import Command
from handset.state.network import Offer
from tests.handset.runtime.https_server import https_server
from tests.handset.runtime.probing import Probe, ProbeApp, probing

NAME = "10-0-2-2.sslip.io"
UNKNOWN = f'java.net.UnknownHostException: Unable to resolve host "{NAME}": No address associated with hostname'


async def offer(probe: Probe, **facts: bool) -> None:
    await probe.process.call("network", network=asdict(Offer(**facts)))  # type: ignore[arg-type]


def test_the_host_has_a_name_that_resolves_while_names_do(baked: Command, probe_app: ProbeApp, tmp_path: Path) -> None:
    async def look(port: int) -> None:
        async with probing(baked, probe_app, tmp_path) as probe:
            assert await probe.ask(f"resolve {NAME}") == "10.0.2.2"
            assert await probe.ask("resolve www.10.0.2.2.nip.io") == "10.0.2.2"
            assert await probe.ask(f"connect {NAME} {port}") == "connected"
            await offer(probe, names=False, validated=False)
            assert (await probe.ask(f"resolve {NAME}")).startswith(UNKNOWN), "nothing is remembered"
            assert (await probe.ask(f"connect {NAME} {port}")).startswith(UNKNOWN)
            assert await probe.ask(f"connect 10.0.2.2 {port}") == "connected", "addresses need no names"
            assert await probe.ask("resolve localhost") == "127.0.0.1"
            await offer(probe)
            assert await probe.ask(f"connect {NAME} {port}") == "connected", "no failure is remembered"

    with socket.create_server(("127.0.0.1", 0)) as server:
        asyncio.run(look(server.getsockname()[1]))


def test_a_certificate_must_be_of_the_name_that_was_asked_for(
    baked: Command, probe_app: ProbeApp, authority: trustme.CA, tmp_path: Path
) -> None:
    async def look(port: int) -> None:
        async with probing(baked, probe_app, tmp_path) as probe:
            assert await probe.ask(f"get https://{NAME}:{port}/") == "200"
            assert "SSL" in await probe.ask(f"get https://www.{NAME}:{port}/")
            assert "SSL" in await probe.ask(f"get https://10.0.2.2:{port}/")

    with https_server(authority, NAME) as port:
        asyncio.run(look(port))
