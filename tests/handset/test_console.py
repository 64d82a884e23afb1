import socket

import pytest

from handset.base.home import Home
from masuk.device.adb import free_port
from tests.handset.devices import Adb, start_device


def talk(port: int, *lines: str) -> str:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall("".join(f"{line}\n" for line in lines).encode())
        received = b""
        while data := connection.recv(65536):
            received += data
    return received.decode()


@pytest.mark.parametrize(
    ("line", "answer"),
    [("avd name", "consoled\r\nOK"), ("ping", "I am alive!\r\nOK"), ("fly", "KO: unknown command 'fly', try 'help'")],
)
def test_the_console(home: Home, adb_server: Adb, line: str, answer: str) -> None:
    port = free_port()
    device = start_device(home, adb_server, "--no-spare", "--console", str(port), name="consoled")
    assert answer in talk(port, line, "quit")
    assert "bye bye" in talk(port, "kill")
    assert device.process.wait(10) == 0
    assert device.process.stdout is not None
    device.process.stdout.close()
