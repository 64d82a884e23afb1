"""The emulator's telnet console: commands answered by `OK`, or by `KO: reason`."""

import asyncio
from collections.abc import Callable

from handset.device import Device

GREETING = (
    "Android Console: Authentication not required\r\nAndroid Console: type 'help' for a list of commands\r\nOK\r\n"
)
HELP = "\r\n    ".join(
    ["Android console commands:", "avd name|status", "gsm data on|off", "kill", "network status", "ping", "quit"]
)


class ConsoleError(ValueError):
    """The reason after `KO:`."""


class Console:
    """Serves telnet connections; `stop` is called by `kill`."""

    def __init__(self, device: Device, stop: Callable[[], None]) -> None:
        self._device = device
        self._stop = stop

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer lines until `quit`, `kill` or the end."""
        writer.write(GREETING.encode())
        while line := (await reader.readline()).decode("utf-8", "replace"):
            words = line.split()
            if words in (["quit"], ["exit"]):
                break
            if words:
                writer.write((await self._reply(words)).encode())
                await writer.drain()
            if words == ["kill"]:
                self._stop()
                break
        writer.close()

    async def _reply(self, words: list[str]) -> str:
        self._device.trace.record("console", " ".join(words))
        try:
            text = await self._answer(words)
        except ConsoleError as error:
            return f"KO: {error}\r\n"
        if words == ["kill"]:
            return "OK: killing emulator, bye bye\r\n"
        return f"{text}OK\r\n"

    async def _answer(self, words: list[str]) -> str:
        line = " ".join(words)
        if line in {"gsm data on", "gsm data off"}:
            await self._device.network.set_mobile_data(line.endswith("on"))
            return ""
        answers = {
            "avd name": f"{self._device.name}\r\n",
            "avd status": "virtual device is running\r\n",
            "ping": "I am alive!\r\n",
            "network status": self._network_status(),
            "help": HELP + "\r\n",
            "kill": "",
        }
        if line not in answers and words[0] != "auth":
            self._device.trace.record("MISSING", f"console {line}")
            raise ConsoleError(f"unknown command '{line}', try 'help'")
        return answers.get(line, "")

    def _network_status(self) -> str:
        state = "on" if self._device.network.online else "off"
        return f"Current network status:\r\n  network: {state}\r\n  transport: {self._device.network.transport}\r\n"
