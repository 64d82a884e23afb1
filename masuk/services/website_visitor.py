"""The website as a member without the app uses it: opens the login page, fills in its form, and reads what comes.

A browser is not needed, since the page works without a script: the form is taken from the page as a browser would.
Where there is one, masuk.services.browser does the same with it.
"""

import http.cookiejar
import ssl
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urljoin

from masuk.base.errors import BackendError
from masuk.secrets.vault import Secret

TIMEOUT_SECONDS = 10


@dataclass
class Page(HTMLParser):
    """What a page says by the ids of its elements, and the form that it has."""

    url: str
    texts: dict[str, str] = field(default_factory=dict)
    action: str | None = None
    fields: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form, its fields, and what has an id."""
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = urljoin(self.url, found.get("action", ""))
        if tag == "input" and "name" in found:
            self.fields[found["name"]] = found.get("value", "")
        self._inside = found.get("id", "")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the base class's signature
        """What follows belongs to no element with an id."""
        self._inside = ""

    def handle_data(self, data: str) -> None:
        """Note a text."""
        if self._inside:
            self.texts[self._inside] = self.texts.get(self._inside, "") + data


class Visitor(Protocol):
    """Somebody who visits the website."""

    def log_in(self, identifier: Secret, password: Secret) -> Page:
        """Fill in the form and send it; the page that comes. Raises BackendError when there is no such form."""


class Website:
    """One visitor of the website, with cookies of their own. `address` is that of the login page."""

    def __init__(self, address: str, trust: ssl.SSLContext) -> None:
        self._address = address
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPSHandler(context=trust),
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()),
        )

    @classmethod
    def trusting(cls, address: str, authority: Path) -> "Website":
        """A visitor who trusts one certificate authority."""
        return cls(address, ssl.create_default_context(cafile=str(authority)))

    def log_in(self, identifier: Secret, password: Secret) -> Page:
        """Fill in the form and send it; the page that comes. Raises BackendError when there is no such form."""
        form = self._open(self._address)
        if form.action is None or not {"identifier", "password"} <= form.fields.keys():
            raise BackendError(f"{self._address} shows no form with an identifier and a password.")
        typed = {**form.fields, "identifier": identifier.reveal(), "password": password.reveal()}
        return self._open(form.action, urlencode(typed).encode())

    def _open(self, url: str, data: bytes | None = None) -> Page:
        try:
            with self._opener.open(url, data, timeout=TIMEOUT_SECONDS) as answer:
                return _page(answer.url, answer.read())
        except HTTPError as refusal:
            with refusal:
                return _page(refusal.url, refusal.read())
        except (URLError, TimeoutError) as error:
            raise BackendError(f"The website does not answer at {url}: {error}") from error


def _page(url: str, content: bytes) -> Page:
    page = Page(url)
    page.feed(content.decode())
    return page
