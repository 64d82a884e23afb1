"""The website of the stub, visited over TLS."""

import http.server
import ssl
import threading
from collections.abc import Iterator

import pytest
from typing_extensions import override

from masuk.base.errors import BackendError
from masuk.secrets.vault import Secret, Vault
from masuk.services.backend import Backend
from masuk.services.backend.accounts import Refusal
from masuk.services.browser import Browser
from masuk.services.personas import People, Persona
from masuk.services.website_visitor import Visitor, Website


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    with Backend(tmp_path_factory.mktemp("authority")) as backend:
        yield backend


@pytest.fixture
def backend(running: Backend) -> Backend:
    running.reset()
    return running


@pytest.fixture
def member(backend: Backend) -> Persona:
    member = People(Vault()).named("Rini <b>")
    backend.register(member)
    return member


@pytest.fixture(params=["HTTP", "browser"])
def visitor(request: pytest.FixtureRequest, backend: Backend) -> Iterator[Visitor]:
    if request.param == "HTTP":
        yield backend.website()
        return
    browser = Browser.at_hand()
    if browser is None:
        pytest.skip("no browser with a ChromeDriver is installed here")
    with browser.visit(backend.website_address, backend.authority) as visit:
        yield visit


def test_the_apps_account_opens_the_website_by_either_number(visitor: Visitor, member: Persona) -> None:
    for number in (member.identifier, member.card_number):
        page = visitor.log_in(number, member.password)
        assert page.url.endswith("/kartu")
        assert page.texts["member_name"] == "Halo, Rini <b>"


def test_wrong_data_is_told_alike_for_known_and_unknown_numbers(visitor: Visitor, member: Persona) -> None:
    wrong = Secret("not the password", "wrong password")
    known = visitor.log_in(member.identifier, wrong)
    unknown = visitor.log_in(Secret("0" * 16, "unknown number"), wrong)
    assert known.texts["message"] == "NIK, nomor kartu atau kata sandi salah."
    assert known.texts == unknown.texts
    assert member.identifier.reveal() not in str(known.texts)


def test_a_block_holds_here_too_and_what_is_demanded_of_apps_does_not(
    visitor: Visitor, backend: Backend, member: Persona
) -> None:
    number = member.identifier.reveal()
    backend.accounts.demand(number, Refusal.DEVICE_LIMIT)
    assert "member_name" in visitor.log_in(member.identifier, member.password).texts
    assert backend.accounts.outcome_of(number, member.password.reveal()) is Refusal.DEVICE_LIMIT
    backend.accounts.block(number)
    assert "diblokir" in visitor.log_in(member.identifier, member.password).texts["message"]


def test_a_form_that_is_sent_without_its_page_is_refused(backend: Backend, member: Persona) -> None:
    visitor = backend.website()
    typed = f"identifier={member.identifier.reveal()}&password={member.password.reveal()}&guard=guessed"
    page = visitor._open(f"https://127.0.0.1:{backend.port}/masuk", typed.encode())
    assert "kedaluwarsa" in page.texts["message"]


def test_a_page_without_the_form_is_named() -> None:
    class Bare(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<h1>Nothing here</h1>")

        @override
        def log_message(self, format: str, *_: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Bare) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        visitor = Website(address, ssl.create_default_context())
        with pytest.raises(BackendError, match=f"{address} shows no form"):
            visitor.log_in(Secret("0" * 16, "number"), Secret("password", "password"))
        server.shutdown()
