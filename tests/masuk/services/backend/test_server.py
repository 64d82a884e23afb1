"""The backend as a client meets it: real TLS, real HTTP."""

import socket
import ssl
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from masuk.base.errors import NotReached
from masuk.base.polling import until
from masuk.services.backend import Backend
from masuk.services.backend.trouble import BreaksOff, Drips, Late, Says, Silent
from masuk.toolchain.certificate_authority import Certificate

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
    with (
        socket.create_connection(("127.0.0.1", backend.port)) as raw,
        context.wrap_socket(raw, server_hostname="10.0.2.2") as tls,
    ):
        assert tls.version() in {"TLSv1.2", "TLSv1.3"}


def test_what_was_sent_before_is_on_record_once_the_service_has_caught_up(backend: Backend, folder: Path) -> None:
    context = ssl.create_default_context(cafile=str(folder / "ca.pem"))
    for count in range(1, 21):
        with (
            socket.create_connection(("127.0.0.1", backend.port)) as raw,
            context.wrap_socket(raw, server_hostname="10.0.2.2") as tls,
        ):
            tls.sendall(b"GET /v1/app-version HTTP/1.1\r\nHost: 10.0.2.2\r\n\r\n")
            backend.catch_up()
            assert len(backend.journal.requests()) == count


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
    backend.service.minimum_version = 20
    assert client.get("/v1/app-version").json()["minimum"] == 20
    assert log_in(client, **{"X-App-Version": "10"}).json()["code"] == "update_required"
    assert log_in(client, **{"X-App-Version": "20"}).status_code == 200


def test_a_reset_does_not_tell_who_exists_and_needs_its_token(backend: Backend, client: httpx.Client) -> None:
    known = client.post("/v1/password-reset", json={"identifier": NUMBER})
    unknown = client.post("/v1/password-reset", json={"identifier": "0099999999999999"})
    assert (known.status_code, known.text) == (unknown.status_code, unknown.text)
    assert client.post("/v1/password-reset/confirm", json={"token": "x", "password": "new-password"}).status_code == 401
    (token,) = backend.service.reset_tokens()
    assert backend.sent_resets() == [NUMBER]
    client.post("/v1/password-reset/confirm", json={"token": token, "password": "new-password"})
    assert log_in(client, "new-password").status_code == 200


def test_a_trouble_answers_everything_until_it_is_taken_away(backend: Backend, client: httpx.Client) -> None:
    backend.begin_trouble(Says(200, "<h1>maintenance</h1>", {"content-type": "text/html"}))
    assert log_in(client).text == "<h1>maintenance</h1>"
    assert client.get("/v1/app-version").text == "<h1>maintenance</h1>"
    backend.end_trouble()
    assert log_in(client).json()["member"]["name"] == "Rini"


def test_an_answer_that_breaks_off(backend: Backend, client: httpx.Client) -> None:
    backend.begin_trouble(BreaksOff())
    with pytest.raises(httpx.RemoteProtocolError):
        log_in(client)
    assert "IncompleteRead" in backend.probe().trouble


def test_a_server_that_says_nothing_has_heard(backend: Backend, client: httpx.Client) -> None:
    backend.begin_trouble(Silent())
    with pytest.raises(httpx.ReadTimeout):
        client.post("/v1/login", json={}, timeout=0.3)
    (request,) = backend.journal.requests(path="/v1/login")
    assert request.status is None
    assert backend.probe(timeout=0.2).trouble == "no answer within 0.2 s"


def test_an_answer_that_comes_byte_by_byte_is_whole_once_the_trouble_is_over(
    backend: Backend, client: httpx.Client
) -> None:
    backend.begin_trouble(Drips(3600))
    with client.stream("POST", "/v1/login", json={"identifier": NUMBER, "password": PASSWORD}) as answer:
        assert answer.status_code == 200
        assert backend.probe(timeout=0.2).trouble == "no answer within 0.2 s"
        backend.end_trouble()
        answer.read()
    assert answer.json()["member"]["name"] == "Rini"


def test_late_answers_are_the_services_own(backend: Backend, client: httpx.Client) -> None:
    backend.begin_trouble(Late(0.3))
    began = time.monotonic()
    assert log_in(client).json()["member"]["name"] == "Rini"
    assert time.monotonic() - began >= 0.3


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Certificate.EXPIRED, "expired"),
        (Certificate.WRONG_HOST, "IP address mismatch"),
        (Certificate.UNKNOWN_ISSUER, "unable to get local issuer"),
    ],
)
def test_a_bad_certificate_is_shown_to_the_next_client(backend: Backend, kind: Certificate, words: str) -> None:
    backend.present(kind)
    assert words in backend.probe().trouble
    backend.reset()
    assert backend.probe().status == 200


def test_a_probe_is_not_on_record(backend: Backend) -> None:
    assert backend.probe(method="POST", path="/v1/login").status == 422
    assert not backend.journal.requests()


def test_a_wait_can_be_told_as_a_date(backend: Backend, client: httpx.Client) -> None:
    backend.accounts.block(NUMBER, seconds=90)
    assert 85 <= int(log_in(client).headers["retry-after"]) <= 90
    backend.service.retry_after_as_date = True
    assert log_in(client).headers["retry-after"].endswith("GMT")


def test_a_wait_can_be_told_without_its_length_until_the_service_is_reset(
    backend: Backend, client: httpx.Client
) -> None:
    backend.accounts.block(NUMBER, seconds=90)
    backend.service.retry_after_told = False
    refused = log_in(client)
    assert refused.status_code == 429
    assert "retry-after" not in refused.headers
    backend.reset()
    assert backend.service.retry_after_told


def test_a_session_that_was_taken_over_elsewhere_says_so(backend: Backend, client: httpx.Client) -> None:
    token = log_in(client).json()["token"]
    log_in(client)
    refused = client.get("/v1/profile", headers={"Authorization": f"Bearer {token}"})
    assert (refused.status_code, refused.json()["code"]) == (401, "session_elsewhere")


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


def test_it_stops_though_a_client_holds_a_connection_and_another_waits_for_an_answer(folder: Path) -> None:
    with Backend(folder) as backend, ThreadPoolExecutor() as pool:
        trust = ssl.create_default_context(cafile=str(folder / "ca.pem"))
        with httpx.Client(base_url=f"https://127.0.0.1:{backend.port}", verify=trust) as idle:
            assert idle.get("/v1/app-version").status_code == 200
            backend.begin_trouble(Silent())
            with httpx.Client(base_url=f"https://127.0.0.1:{backend.port}", verify=trust) as waiting:
                asked = pool.submit(waiting.get, "/v1/app-version", timeout=60)
                until(lambda: len(backend.journal.requests()) > 1, "the request to be on its way", timeout=10)
                backend.__exit__(None, None, None)
                assert not backend.alive
                asked.exception(timeout=10)  # whatever it was: nobody waits any more
