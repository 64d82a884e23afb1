"""The backend as a client meets it: real TLS, real HTTP."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.responses import HTMLResponse

from masuk.backend import Backend
from masuk.errors import NotReached

NUMBER, PASSWORD = "0012345678901234", "right-password"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("authority")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Backend]:
    with Backend(folder) as backend:
        yield backend


@pytest.fixture
def backend(server: Backend) -> Backend:
    server.reset()
    server.accounts.add(NUMBER, PASSWORD, "Rini", "0001234567890")
    return server


@pytest.fixture
def client(backend: Backend, folder: Path) -> Iterator[httpx.Client]:
    trust = ssl.create_default_context(cafile=str(folder / "ca.pem"))
    with httpx.Client(base_url=f"https://127.0.0.1:{backend.port}", verify=trust) as client:
        yield client


def log_in(client: httpx.Client, password: str = PASSWORD, identifier: str = NUMBER, **headers: str) -> httpx.Response:
    return client.post("/v1/login", json={"identifier": identifier, "password": password}, headers=headers)


def test_the_certificate_is_good_for_the_guests_name_of_the_host(backend: Backend, folder: Path) -> None:
    context = ssl.create_default_context(cafile=str(folder / "ca.pem"))
    import socket

    with (
        socket.create_connection(("127.0.0.1", backend.port)) as raw,
        context.wrap_socket(raw, server_hostname="10.0.2.2") as tls,
    ):
        assert tls.version() in {"TLSv1.2", "TLSv1.3"}


def test_a_client_that_does_not_trust_the_authority_is_refused(backend: Backend) -> None:
    with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        httpx.get(f"https://127.0.0.1:{backend.port}/v1/app-version")


def test_login_profile_logout(client: httpx.Client) -> None:
    admitted = log_in(client)
    assert admitted.status_code == 200
    bearer = {"Authorization": f"Bearer {admitted.json()['token']}"}
    assert client.get("/v1/profile", headers=bearer).json()["name"] == "Rini"
    client.post("/v1/logout", headers=bearer)
    ended = client.get("/v1/profile", headers=bearer)
    assert (ended.status_code, ended.json()["code"]) == (401, "session_ended")


def test_wrong_data_blocks_after_five(client: httpx.Client) -> None:
    codes = [log_in(client, "wrong-password").json()["code"] for _ in range(6)]
    assert codes == ["wrong_credentials"] * 4 + ["account_blocked"] * 2


@pytest.mark.parametrize("identifier", ["", "abcdefghijklmnop", "12345", "00123456789012345"])
def test_a_wrong_kind_of_identifier(client: httpx.Client, identifier: str) -> None:
    refused = log_in(client, identifier=identifier)
    assert (refused.status_code, refused.json()["code"]) == (422, "identifier_type")


def test_a_version_below_the_minimum_is_refused(backend: Backend, client: httpx.Client) -> None:
    backend.minimum_version = 20
    assert client.get("/v1/app-version").json()["minimum"] == 20
    assert log_in(client, **{"X-App-Version": "10"}).json()["code"] == "update_required"
    assert log_in(client, **{"X-App-Version": "20"}).status_code == 200


def test_a_reset_does_not_tell_who_exists_and_needs_its_token(backend: Backend, client: httpx.Client) -> None:
    known = client.post("/v1/password-reset", json={"identifier": NUMBER})
    unknown = client.post("/v1/password-reset", json={"identifier": "0099999999999999"})
    assert (known.status_code, known.text) == (unknown.status_code, unknown.text)
    assert client.post("/v1/password-reset/confirm", json={"token": "x", "password": "new-password"}).status_code == 401
    token = backend.reset_token(NUMBER)
    client.post("/v1/password-reset/confirm", json={"token": token, "password": "new-password"})
    assert log_in(client, "new-password").status_code == 200


def test_an_ordered_answer_is_given_once(backend: Backend, client: httpx.Client) -> None:
    backend.answer_next("/v1/login", HTMLResponse("<h1>maintenance</h1>"))
    assert log_in(client).text == "<h1>maintenance</h1>"
    assert log_in(client).json()["member"]["name"] == "Rini"


def test_the_journal_has_what_came_and_hides_tokens(backend: Backend, client: httpx.Client) -> None:
    token = log_in(client).json()["token"]
    client.get("/v1/profile", headers={"Authorization": f"Bearer {token}"})
    login, profile = backend.journal.wait_for(2)
    assert (login.method, login.path, login.status) == ("POST", "/v1/login", 200)
    assert login.json()["identifier"] == NUMBER
    assert profile.path == "/v1/profile"
    assert token not in backend.journal.transcript()


def test_waiting_in_vain_says_what_came(backend: Backend, client: httpx.Client) -> None:
    client.get("/v1/app-version")
    with pytest.raises(NotReached, match="GET /v1/app-version"):
        backend.journal.wait_for(1, path="/v1/login", timeout=0.2)
