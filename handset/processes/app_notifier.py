"""What apps are told of the device: as they start, and whenever it changes."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

from handset.processes.app_process import AppProcess
from handset.processes.app_records import RunningApp
from handset.processes.calls_to_apps import AppCalls
from handset.processes.system_services import Machine


class Bulletin:
    """Tells of the network, the time and the room on the data partition. `bound` gives the apps that can be told."""

    def __init__(self, machine: Machine, calls: AppCalls, bound: Callable[[], Iterable[RunningApp]]) -> None:
        self._machine = machine
        self._calls = calls
        self._bound = bound
        machine.network.listen(self._tell_network)
        machine.clock.listen(self._tell_time)
        machine.files.partition.listen(self._tell_partition)

    def at_start(self, package: str) -> dict[str, Any]:
        """What a process is told as it is bound to an app. A partition with room for all is not worth a word."""
        partition = self._machine.files.partition
        facts = {"network": self._network(package), "ahead_ms": self._machine.clock.ahead_ms}
        return {**facts, "partition": partition.facts()} if partition.is_short else facts

    async def catch_up(self, process: AppProcess, package: str, told: dict[str, Any]) -> None:
        """Tell a process what has changed since `at_start`. Raises AppProcessError."""
        now = self.at_start(package)
        if now["network"] != told["network"]:
            await process.call("network", network=now["network"])
        if now["ahead_ms"] != told["ahead_ms"]:
            await process.call("time", ahead_ms=now["ahead_ms"])
        if "partition" in now and "partition" not in told:
            await process.call("disk", partition=now["partition"])

    async def _tell_network(self) -> None:
        network = self._machine.network
        self._machine.logs.add(
            "D", "ConnectivityService", f"default network {network.default_network} transport {network.transport}"
        )
        await self._inform_all("network", lambda app: {"network": self._network(app.package.name)})

    async def _tell_time(self) -> None:
        await self._inform_all("time", lambda _app: {"ahead_ms": self._machine.clock.ahead_ms})

    async def _tell_partition(self) -> None:
        await self._inform_all("disk", lambda _app: {"partition": self._machine.files.partition.facts()})

    async def _inform_all(self, call: str, arguments: Callable[[RunningApp], dict[str, Any]]) -> None:
        await asyncio.gather(*(self._calls.inform(app, call, **arguments(app)) for app in self._bound()))

    def _network(self, package: str) -> dict[str, Any]:
        return asdict(self._machine.network.offer(package))
