"""The processes of a Selenium Grid: one hub, and one node for each device."""

import json
import os
import socket
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.error import URLError

from ci.grid import configuration
from ci.grid.configuration import LOOPBACK, HubPorts, Relayed
from masuk.base.errors import InfrastructureError
from masuk.base.polling import until
from masuk.base.processes import Child
from masuk.config.capabilities import SERIAL
from masuk.device.adb import free_port
from masuk.toolchain.installer import set_up_grid
from masuk.toolchain.tools import Toolchain

START_SECONDS = 60
ANSWER_SECONDS = 5
# They pass requests on and live for minutes: what makes a start cheap counts for more than the last bit of speed.
JAVA_OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m")
MAIN = "org.openqa.selenium.grid.Main"


class Grid:
    """A hub and its nodes. `port` is the hub's, and 0 one that is free."""

    def __init__(self, toolchain: Toolchain, folder: Path, port: int = 0) -> None:
        self._toolchain = toolchain
        self._folder = folder
        self._ports = HubPorts(port or free_port(), free_port(), free_port())
        self._jars: list[Path] = []
        self._processes: dict[str, Child] = {}

    @property
    def url(self) -> str:
        """What takes the place of an Appium server's address."""
        return self._ports.url

    @property
    def processes(self) -> list[Child]:
        """The hub and the nodes that were started."""
        return list(self._processes.values())

    def start(self, devices: Sequence[Relayed]) -> None:
        """Start everything and wait until each device can be asked for. Raises InfrastructureError and SetupError."""
        self._jars = set_up_grid(self._toolchain)
        self._folder.mkdir(parents=True, exist_ok=True)
        if _taken(self._ports.sessions):
            raise InfrastructureError(
                f"Port {self._ports.sessions} of {LOOPBACK} is taken. End what listens there, or name another port."
            )
        self._start("hub", configuration.hub(self._ports))
        for number, device in enumerate(devices, start=1):
            self._start("node", configuration.node(self._ports, free_port(), device), f"node-{number}")
        until(
            lambda: self._all_alive() and self._serving() == {device.serial for device in devices},
            f"the nodes of {len(devices)} devices to register",
            timeout=START_SECONDS,
            interval=0.1,
            seen=lambda: f"{sorted(self._serving()) or 'no node'}; logs are in {self._folder}",
        )

    def stop(self) -> None:
        """End nodes and hub."""
        for process in reversed(self.processes):
            process.stop()

    def _start(self, role: str, content: str, name: str = "") -> None:
        name = name or role
        file = self._folder / f"{name}.toml"
        file.write_text(content, encoding="utf-8")
        java = [str(self._toolchain.java_home / "bin" / "java"), *JAVA_OPTIONS]
        command = [*java, "-cp", os.pathsep.join(map(str, self._jars)), MAIN, role, "--config", str(file)]
        self._processes[name] = Child(f"Grid's {name}", command, os.environ, self._folder / f"{name}.log")

    def _all_alive(self) -> bool:
        """True; raises InfrastructureError with the words of a process that has ended."""
        for process in self.processes:
            if not process.alive:
                raise InfrastructureError(f"{process.name} has ended:\n{process.tail()}")
        return True

    def _serving(self) -> set[str]:
        """The serials of the devices whose nodes are up."""
        try:
            with urllib.request.urlopen(f"{self.url}/status", timeout=ANSWER_SECONDS) as answer:  # noqa: S310 - ours
                status: dict[str, Any] = json.load(answer)
        except (URLError, TimeoutError, ConnectionError):
            return set()
        return {
            slot["stereotype"][SERIAL]
            for node in status["value"].get("nodes", [])
            if node["availability"] == "UP"
            for slot in node["slots"]
        }


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((LOOPBACK, port)) == 0
