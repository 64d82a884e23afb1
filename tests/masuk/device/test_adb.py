import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from masuk.cli import main
from masuk.device import adb


def test_a_free_port_is_none_that_an_outgoing_connection_may_take() -> None:
    lowest = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    ports = {adb.free_port() for _ in range(50)}
    assert all(adb.FIRST_PORT <= port < lowest for port in ports)
    assert len(ports) > 1


def test_a_port_that_is_taken_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        port = adb.free_port()
        taken.bind(("127.0.0.1", port))
        taken.listen()
        monkeypatch.setattr(adb, "FIRST_PORT", port)
        monkeypatch.setattr(adb, "first_dynamic_port", lambda: port + 1)
        other = adb.free_port()
    assert other != port
    assert other > 0


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port where something listens that is no adb server."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


@pytest.mark.parametrize("command", [["devices"], ["inspect"], ["faults", "network-off", "--device", "emulator-5554"]])
def test_a_port_that_something_else_has_is_named_and_not_waited_for(
    command: list[str], silent_port: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(adb, "ANSWER_SECONDS", 0.2)
    monkeypatch.setenv(adb.PORT_VARIABLE, str(silent_port))
    assert main.main(command) == 4
    assert f"Port {silent_port} is taken by something that is no adb server" in capsys.readouterr().err


def test_an_adb_server_is_known_by_its_answer(tmp_path: Path) -> None:
    private = adb.Adb.private(tmp_path / "home")
    assert not private.is_there()
    private.run("start-server")
    try:
        assert private.is_there()
        private.demand_port()
    finally:
        private.run("kill-server")
