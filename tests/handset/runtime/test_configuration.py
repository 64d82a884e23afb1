"""What the user has chosen, as an app process sees it: from its start, and when it changes."""

import asyncio
from pathlib import Path

from handset.processes.app_process import Command
from tests.handset.runtime.probing import ProbeApp, probing


def test_a_process_starts_with_what_the_user_has_chosen(command: Command, probe_app: ProbeApp, tmp_path: Path) -> None:
    async def look() -> None:
        chosen = {"locales": "en-US,id-ID", "font_scale": 1.3}
        async with probing(command, probe_app, tmp_path, configuration=chosen) as probe:
            assert await probe.ask("configuration") == "en-US,id-ID en-US 26.0 1.3 Cancel 1"

    asyncio.run(look())


def test_a_change_makes_activities_anew_and_keeps_their_state(
    command: Command, probe_app: ProbeApp, tmp_path: Path
) -> None:
    async def look() -> None:
        async with probing(command, probe_app, tmp_path) as probe:
            assert await probe.ask("configuration") == "id-ID id-ID 20.0 1.0 Batal 1"
            await probe.process.call("configure", configuration={"locales": "id-ID", "font_scale": 1.3})
            assert await probe.ask("configuration ") == "id-ID id-ID 26.0 1.3 Batal 2"
            await probe.process.call("configure", configuration={"locales": "en-US,id-ID", "font_scale": 1.3})
            assert await probe.ask("configuration") == "en-US,id-ID en-US 26.0 1.3 Cancel 3"
            await probe.process.call("configure", configuration={"locales": "id-ID", "font_scale": 1.0})
            assert await probe.ask("configuration ") == "id-ID id-ID 20.0 1.0 Batal 4"

    asyncio.run(look())
