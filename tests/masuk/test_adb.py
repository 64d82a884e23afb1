import socket
from pathlib import Path

import pytest

from masuk import adb


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
        monkeypatch.setattr(adb, "_first_outgoing_port", lambda: port + 1)
        other = adb.free_port()
    assert other != port
    assert other > 0
