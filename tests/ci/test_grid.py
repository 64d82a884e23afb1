"""A Selenium Grid in front of two handsets: two workers run through it, a device for each, and all of it ends."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from ci.grid import configuration
from ci.grid.configuration import HubPorts, Relayed
from ci.grid.server import Grid
from masuk.base.errors import InfrastructureError
from masuk.config import capabilities
from masuk.toolchain.tools import Toolchain
from tests.checkout import CHECKOUT
from tests.scenarios import WIFI_LEADS_NOWHERE
from tests.system import masuk_command
from tests.system.homes import home_of_its_own

pytestmark = pytest.mark.programs

SCENARIOS = ("features/login.feature", WIFI_LEADS_NOWHERE)
RUN_SECONDS = 120
END_SECONDS = 20
SESSION = "Session created by the Node"


@dataclass(frozen=True)
class Serving:
    """`python -m ci.grid`, ready, with what it has printed."""

    process: subprocess.Popen[str]
    home: Toolchain
    said: str

    @property
    def url(self) -> str:
        return only(r"^Grid: (\S+)$", self.said)

    @property
    def capabilities(self) -> Path:
        return Path(only(r"^Capabilities: (\S+)$", self.said))

    def node_log(self, number: int) -> str:
        return (self.home.root / "grid" / f"node-{number}.log").read_text(errors="replace")


def only(pattern: str, text: str) -> str:
    match = re.search(pattern, text, re.MULTILINE)
    assert match, text
    return match[1]


@pytest.fixture
def grid(tmp_path: Path) -> Iterator[Serving]:
    home = home_of_its_own(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-m", "ci.grid", "--nodes", "2", "--port", "0"],
        cwd=CHECKOUT,
        env={**os.environ, "MASUK_HOME": str(home.root), "MASUK_RESULTS": str(home.root)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = ""
        try:
            for line in process.stdout:
                said += line
                if line.startswith("Ctrl-C"):
                    break
            assert process.poll() is None, said
            yield Serving(process, home, said)
        finally:
            process.terminate()
            process.wait(END_SECONDS)


def test_two_workers_run_through_it_and_nothing_remains(grid: Serving, tmp_path: Path) -> None:
    verdicts = tmp_path / "verdicts.json"
    words = ["run", *SCENARIOS, "-n", "2", "--no-report", "--verdicts", str(verdicts)]
    there = ["--appium-url", grid.url, "--capabilities", str(grid.capabilities)]
    run = masuk_command.start([*words, *there], grid.home.root)
    output, _ = run.communicate(timeout=RUN_SECONDS)
    assert run.returncode == 0, output
    found = json.loads(verdicts.read_text())
    assert len(found) == 3, output
    assert {result["verdict"] for result in found} == {"PASSED"}, output
    for number in (1, 2):
        assert grid.node_log(number).count(SESSION) == 1, f"node {number}:\n{grid.node_log(number)}"

    started = psutil.Process(grid.process.pid).children(recursive=True)
    places = [place for process in started for place in listening(process)]
    assert len(places) > 8, "hub, nodes, Appium, adb and handsets all listen"
    assert {place.removeprefix("::ffff:") for place in places} == {"127.0.0.1"}

    grid.process.send_signal(signal.SIGTERM)
    assert grid.process.wait(END_SECONDS) == 0
    _, left = psutil.wait_procs(started, timeout=END_SECONDS)
    assert not left
    assert not processes_of(grid.home)
    assert not grid.capabilities.exists()


def listening(process: psutil.Process) -> list[str]:
    """The addresses that a process listens on, one for each port."""
    connections = process.net_connections("tcp")
    return [connection.laddr.ip for connection in connections if connection.status == psutil.CONN_LISTEN]


def processes_of(home: Toolchain) -> list[psutil.Process]:
    """Whatever was started with this folder for its tools, orphans too."""
    left = []
    for process in psutil.process_iter():
        try:
            told = [*process.cmdline(), *process.environ().values()]
        except psutil.Error:
            continue
        if process.pid != os.getpid() and any(str(home.root) in word for word in told):
            left.append(process)
    return left


@pytest.fixture
def ports() -> HubPorts:
    return HubPorts(4444, 4442, 4443)


def test_a_node_serves_one_session_on_its_device_and_no_other(ports: HubPorts) -> None:
    told = tomllib.loads(configuration.node(ports, 5555, Relayed("127.0.0.1:6001", "http://127.0.0.1:4723", 5037)))
    assert told["server"] == {"host": "127.0.0.1", "port": 5555}
    assert told["node"]["max-sessions"] == 1
    assert told["relay"]["url"] == "http://127.0.0.1:4723"
    count, stereotype = told["relay"]["configs"]
    assert count == "1"
    assert json.loads(stereotype)["appium:udid"] == "127.0.0.1:6001"


def test_hub_and_node_meet_on_the_loopback_interface(ports: HubPorts) -> None:
    hub = tomllib.loads(configuration.hub(ports))
    node = tomllib.loads(configuration.node(ports, 5555, Relayed("emulator-5554", "http://127.0.0.1:4723", 5037)))
    assert hub["events"]["bind"]
    assert not node["events"]["bind"]
    for key, port in {"publish": 4442, "subscribe": 4443}.items():
        assert hub["events"][key] == node["events"][key] == f"tcp://127.0.0.1:{port}"
    assert node["node"]["hub"] == f"http://127.0.0.1:{hub['server']['port']}"


def test_the_file_for_runs_is_one_that_they_read(tmp_path: Path) -> None:
    path = tmp_path / "capabilities.json"
    devices = [Relayed(f"emulator-{port}", "http://127.0.0.1:4723", port + 1000) for port in (5554, 5556)]
    path.write_text(configuration.capabilities(devices))
    offers = capabilities.load(path).offers
    assert [(offer.serial, offer.adb_port) for offer in offers] == [("emulator-5554", 6554), ("emulator-5556", 6556)]


@pytest.mark.parametrize("path", sorted((CHECKOUT / "ci" / "clouds").glob("*.json")), ids=lambda path: path.stem)
def test_the_files_for_clouds_have_their_credentials_from_the_environment(path: Path) -> None:
    variables = set(re.findall(r'"\$(\w+)"', path.read_text()))
    assert len(variables) == 3
    read = capabilities.load(path, {name: f"value of {name}" for name in variables})
    assert [offer.serial for offer in read.offers] == [None]
    [key] = [name for name in variables if name.endswith("_ACCESS_KEY")]
    assert key in {secret.label for secret in read.secrets}


def test_a_port_that_is_taken_is_named_and_nothing_remains(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        grid = Grid(Toolchain.default(), tmp_path, port)
        with pytest.raises(InfrastructureError, match=rf"^Port {port} of 127\.0\.0\.1 is taken\. End what"):
            grid.start([])
    assert not grid.processes
