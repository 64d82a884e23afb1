"""What Grid's processes and the runs through it are told, as text of files. A pure function each."""

import json
from dataclasses import dataclass

from masuk.config.capabilities import ADB_PORT, SERIAL

LOOPBACK = "127.0.0.1"
IDLE_SECONDS = 90
"""After that a node ends the session of a run that was killed. No living one is silent for so long."""
QUEUE_SECONDS = IDLE_SECONDS + 20
"""More, so that the next run gets the device; less than the 120 s after which a Selenium client gives up waiting."""
COMMON = {"platformName": "Android", "appium:automationName": "UiAutomator2"}


@dataclass(frozen=True)
class HubPorts:
    """Where the hub listens: for sessions, and with its event bus for nodes."""

    sessions: int
    publish: int
    subscribe: int

    @property
    def url(self) -> str:
        """The address of the Grid."""
        return f"http://{LOOPBACK}:{self.sessions}"


@dataclass(frozen=True)
class Relayed:
    """A device, the Appium server that drives it, and the adb server that it is attached to."""

    serial: str
    appium_url: str
    adb_port: int

    @property
    def stereotype(self) -> dict[str, str]:
        """What a node offers: by the serial a worker gets the device that it breaks through adb, and no other."""
        return {**COMMON, SERIAL: self.serial}


def hub(ports: HubPorts) -> str:
    """The hub's file."""
    return f"""\
{_server(ports.sessions)}
{_events(ports, bind=True)}
[distributor]
reject-unsupported-caps = true

[sessionqueue]
session-request-timeout = {QUEUE_SECONDS}
"""


def node(ports: HubPorts, port: int, device: Relayed) -> str:
    """The file of a node, which relays one session at a time to one Appium server."""
    return f"""\
{_server(port)}
{_events(ports, bind=False)}
[node]
hub = {json.dumps(ports.url)}
detect-drivers = false
selenium-manager = false
max-sessions = 1
session-timeout = {IDLE_SECONDS}
register-cycle = 1

[relay]
url = {json.dumps(device.appium_url)}
status-endpoint = "/status"
protocol-version = "HTTP/1.1"
configs = ["1", {json.dumps(json.dumps(device.stereotype))}]
"""


def capabilities(devices: list[Relayed]) -> str:
    """The capability file of runs through the Grid."""
    each = [{SERIAL: device.serial, ADB_PORT: device.adb_port} for device in devices]
    return json.dumps({"alwaysMatch": COMMON, "firstMatch": each}, indent=2) + "\n"


def _server(port: int) -> str:
    return f"[server]\nhost = {json.dumps(LOOPBACK)}\nport = {port}\n"


def _events(ports: HubPorts, bind: bool) -> str:
    return f"""\
[events]
publish = "tcp://{LOOPBACK}:{ports.publish}"
subscribe = "tcp://{LOOPBACK}:{ports.subscribe}"
bind = {json.dumps(bind)}
"""
