"""TLS as an app process has it: where the Java runtime differs from Android, Android is followed."""

import asyncio
import tempfile
import threading
from pathlib import Path

import trustme

from handset.processes.app_process import Command
from tests.handset.runtime.https_server import https_server
from tests.handset.runtime.probing import ProbeApp, probing


def test_a_connection_is_closed_without_waiting_for_the_server(
    baked: Command, probe_app: ProbeApp, authority: trustme.CA, tmp_path: Path
) -> None:
    async def look(port: int) -> None:
        async with probing(baked, probe_app, tmp_path) as probe:
            assert await probe.ask(f"hangup 10.0.2.2 {port}") == "closed"

    done = threading.Event()
    with https_server(authority, "10.0.2.2", keeps_open=done) as port:
        try:
            asyncio.run(look(port))
        finally:
            done.set()


def test_tls_is_androids_and_leaves_no_library_behind(baked: Command, probe_app: ProbeApp, tmp_path: Path) -> None:
    async def look() -> None:
        async with probing(baked, probe_app, tmp_path) as probe:
            assert await probe.ask("tls") == "AndroidOpenSSL AndroidOpenSSL"

    asyncio.run(look())
    assert not list(Path(tempfile.gettempdir()).glob("libconscrypt*"))
