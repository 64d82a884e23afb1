"""The device's time as an app process sees it, however it asks."""

import asyncio
import time
from pathlib import Path

import pytest
import trustme

from handset.processes.app_process import Command
from tests.handset.runtime.https_server import https_server
from tests.handset.runtime.probing import Probe, ProbeApp, probing

YEAR_MS = 365 * 24 * 3600 * 1000


async def assert_time(probe: Probe, ahead_ms: int) -> None:
    *seconds, is_today, span = (await probe.ask("time")).split(" ", 5)
    expected = time.time() + ahead_ms / 1000
    assert [int(each) for each in seconds] == [pytest.approx(expected, abs=20)] * 4
    assert (is_today, span) == ("true", "0 menit yang lalu"), "the framework has the app's time"


def test_each_way_to_ask_for_the_time_follows_the_device(command: Command, probe_app: ProbeApp, tmp_path: Path) -> None:
    async def look() -> None:
        async with probing(command, probe_app, tmp_path, ahead_ms=-3 * YEAR_MS) as probe:
            await assert_time(probe, -3 * YEAR_MS)
            uptime = int(await probe.ask("uptime"))
            await probe.process.call("time", ahead_ms=20 * YEAR_MS)
            await assert_time(probe, 20 * YEAR_MS)
            assert 0 <= int(await probe.ask("uptime")) - uptime < 60_000
            await probe.process.call("time", ahead_ms=0)
            await assert_time(probe, 0)

    asyncio.run(look())


def test_certificates_are_judged_at_the_devices_time(
    baked: Command, probe_app: ProbeApp, authority: trustme.CA, tmp_path: Path
) -> None:
    async def seen(port: int, *ahead_ms: int) -> list[str]:
        """By one process, whose clock is set before each request."""
        async with probing(baked, probe_app, tmp_path) as probe:
            said = []
            for ahead in ahead_ms:
                await probe.process.call("time", ahead_ms=ahead)
                said.append(await probe.ask(f"get https://10.0.2.2:{port}/"))
            return said

    # A good answer comes last: then the session is resumed, as on Android, and no certificate is asked for.
    with https_server(authority, "10.0.2.2") as port:
        expired, right = asyncio.run(seen(port, 5 * YEAR_MS, 0))
        assert "CertificateExpiredException" in expired
        assert right == "200"
        early, right = asyncio.run(seen(port, -5 * YEAR_MS, 0))
        assert "CertificateNotYetValidException" in early
        assert right == "200"
