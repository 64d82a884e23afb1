"""Jars are what the lock says, or nothing is kept; what fetches them trusts whom the machine trusts."""

import hashlib
import os
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import trustme
from typing_extensions import override

from masuk.base.errors import SetupError
from masuk.toolchain.installer import trusting, verify_jars
from masuk.toolchain.tools import Toolchain

LOCK = """
[[dependencies]]
groupId = "g"
artifactId = "tool"
version = "1.0"
sha256 = "{sha256}"
"""


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "jgo.lock.toml"
    path.write_text(LOCK.format(sha256=hashlib.sha256(b"content").hexdigest()))
    return path


@pytest.fixture
def jars(tmp_path: Path) -> Path:
    folder = tmp_path / "jars"
    folder.mkdir()
    return folder


def test_the_locked_jar_is_accepted(jars: Path, lock: Path) -> None:
    (jars / "tool-1.0.jar").write_bytes(b"content")
    verify_jars(jars, lock)


@pytest.mark.parametrize(
    "present",
    [{}, {"tool-1.0.jar": b"cont"}, {"tool-1.0.jar": b"content", "other-2.0.jar": b"x"}],
    ids=["missing", "cut off", "one too many"],
)
def test_any_difference_is_refused(jars: Path, lock: Path, present: dict[str, bytes]) -> None:
    for name, content in present.items():
        (jars / name).write_bytes(content)
    with pytest.raises(SetupError, match=r"not the ones that .*jgo\.lock\.toml names"):
        verify_jars(jars, lock)


def test_a_driver_that_appium_remembers_elsewhere_is_forgotten(tmp_path: Path) -> None:
    moved = tmp_path / "moved"
    cache = moved / "node" / "node_modules" / ".cache" / "appium"
    cache.mkdir(parents=True)
    remembered = cache / "extensions.yaml"
    linked = tmp_path / "linked"
    linked.mkdir()
    (linked / "node").symlink_to(moved / "node")

    remembered.write_text(f"    installPath: {moved}/node/node_modules/appium-uiautomator2-driver\n")
    assert Toolchain(moved).appium_home() == Toolchain(linked).appium_home() == moved / "node"
    assert remembered.exists()

    remembered.write_text("    installPath: /where/it/was/node/node_modules/appium-uiautomator2-driver\n")
    Toolchain(linked).appium_home()
    assert not remembered.exists()


VARIABLES = ("NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR")
NODE_ASKS = "fetch(process.argv[1]).then(r => process.exit(r.status === 204 ? 0 : 2), () => process.exit(1))"
REQUESTS_ASKS = "import requests, sys; sys.exit(requests.get(sys.argv[1]).status_code != 204)"
FETCHERS = pytest.mark.parametrize(
    "fetcher",
    [[str(Toolchain.default().node), "-e", NODE_ASKS], [sys.executable, "-c", REQUESTS_ASKS]],
    ids=["npm's Node", "jgo's requests"],
)


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(204)
        self.end_headers()

    @override
    def log_message(self, *_: object) -> None:
        """Not into the test's output."""


@pytest.fixture
def registry(company: trustme.CA) -> Iterator[str]:
    """An address whose certificate is signed by somebody of whom no client has heard, as behind a company's proxy."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answer)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    company.issue_cert("localhost").configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def company() -> trustme.CA:
    return trustme.CA(organization_name="A company")


@pytest.fixture
def machine(tmp_path: Path, company: trustme.CA, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment of a machine that trusts the company, as OpenSSL is told of it."""
    company.cert_pem.write_to_path(tmp_path / "company.pem")
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "company.pem"))
    return dict(os.environ)


@FETCHERS
def test_what_the_machine_trusts_is_trusted(fetcher: list[str], registry: str, machine: dict[str, str]) -> None:
    def asks(environment: dict[str, str]) -> int:
        return subprocess.run([*fetcher, registry], env=environment, capture_output=True, check=False).returncode

    assert asks(machine) != 0, "the company is known without our help, so this shows nothing"
    assert asks(trusting(machine)) == 0


def test_who_names_a_bundle_is_believed() -> None:
    assert trusting({"REQUESTS_CA_BUNDLE": "/mine.pem", "NODE_USE_SYSTEM_CA": "0"}) == {
        "REQUESTS_CA_BUNDLE": "/mine.pem",
        "NODE_USE_SYSTEM_CA": "0",
    }
