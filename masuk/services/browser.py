"""The website in a real browser, where the machine has one: Chromium or Chrome, with its ChromeDriver."""

import base64
import hashlib
import os
import shutil
import ssl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import load_pem_x509_certificate
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver

from masuk.base.errors import BackendError, NotReached
from masuk.base.polling import until
from masuk.secrets.vault import Secret
from masuk.services.website_visitor import TIMEOUT_SECONDS, Page

BINARIES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DRIVER = "chromedriver"
QUIET = (
    "--headless=new",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
TEXTS = "return Object.fromEntries([...document.querySelectorAll('[id]')].map(one => [one.id, one.textContent]))"


@dataclass(frozen=True)
class Browser:
    """A browser of this machine and its driver."""

    binary: str
    driver: str

    @classmethod
    def at_hand(cls) -> "Browser | None":
        """The first that is installed, or None."""
        binary = next((found for name in BINARIES if (found := shutil.which(name))), None)
        driver = shutil.which(DRIVER)
        return cls(binary, driver) if binary and driver else None

    @contextmanager
    def visit(self, address: str, authority: Path) -> Iterator["BrowserVisit"]:
        """A visitor of a login page who trusts one certificate authority and has never been there."""
        with tempfile.TemporaryDirectory(prefix="masuk-browser-") as profile:
            options = ChromeOptions()
            options.binary_location = self.binary
            for argument in (*QUIET, f"--user-data-dir={profile}", *_trust(address, authority)):
                options.add_argument(argument)
            if os.geteuid() == 0:
                options.add_argument("--no-sandbox")  # Chromium refuses to run as root with one
            try:
                driver = Chrome(options, ChromeService(self.driver))
            except WebDriverException as error:
                raise BackendError(f"{self.binary} could not be started: {error.msg}") from error
            try:
                yield BrowserVisit(address, driver)
            finally:
                driver.quit()


class BrowserVisit:
    """One visitor, with cookies of their own."""

    def __init__(self, address: str, driver: WebDriver) -> None:
        self._address = address
        self._driver = driver

    def log_in(self, identifier: Secret, password: Secret) -> Page:
        """Fill in the form and send it; the page that comes. Raises BackendError when there is no such form."""
        driver = self._driver
        try:
            driver.get(self._address)
            driver.find_element(By.NAME, "identifier").send_keys(identifier.reveal())
            driver.find_element(By.NAME, "password").send_keys(password.reveal())
            form = driver.find_element(By.TAG_NAME, "form")
            form.find_element(By.TAG_NAME, "button").click()
            until(lambda: self._has_left(form.id), "the next page", timeout=TIMEOUT_SECONDS)
            return Page(driver.current_url, texts=driver.execute_script(TEXTS))
        except (WebDriverException, NotReached) as error:
            reason = getattr(error, "msg", None) or str(error)
            raise BackendError(f"{self._address} could not be used in a browser: {reason.splitlines()[0]}") from error

    def _has_left(self, form: str) -> bool:
        """Whether another page than that of the form has come, and is whole."""
        forms = [found.id for found in self._driver.find_elements(By.TAG_NAME, "form")]
        return form not in forms and self._driver.execute_script("return document.readyState") == "complete"


def _trust(address: str, authority: Path) -> list[str]:
    """What makes Chromium take the service's certificate, once it was seen that the authority vouches for it."""
    parts = urlsplit(address)
    if parts.scheme != "https" or parts.hostname is None or parts.port is None:
        return []
    try:
        pem = ssl.get_server_certificate((parts.hostname, parts.port), ca_certs=str(authority))
    except OSError as error:
        raise BackendError(f"The website at {address} can't prove itself: {error}") from error
    key = load_pem_x509_certificate(pem.encode()).public_key()
    digest = hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()
    return [f"--ignore-certificate-errors-spki-list={base64.b64encode(digest).decode()}"]
