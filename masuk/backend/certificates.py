"""The certificate authority of the stub backend: made once at set-up, trusted by the reference app's debug build."""

import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from pathlib import Path

import trustme

from masuk.destination import name_of

CERTIFICATE = "ca.pem"
KEY = "ca.key.pem"
NAMES = ("10.0.2.2", name_of("10.0.2.2"), "127.0.0.1", "localhost")


class Certificate(Enum):
    """What a server can present."""

    GOOD = auto()
    EXPIRED = auto()
    WRONG_HOST = auto()
    UNKNOWN_ISSUER = auto()
    """Issued by itself or by an authority that nobody trusts; a client can't tell the difference."""


def load_or_create_authority(folder: Path) -> trustme.CA:
    """The authority kept in `folder`: `ca.pem` for whoever shall trust it, `ca.key.pem` for us."""
    certificate, key = folder / CERTIFICATE, folder / KEY
    if certificate.exists() and key.exists():
        return trustme.CA.from_pem(certificate.read_bytes(), key.read_bytes())
    folder.mkdir(parents=True, exist_ok=True)
    authority = trustme.CA(organization_name="masuk test authority")
    authority.private_key_pem.write_to_path(key)
    key.chmod(0o600)
    authority.cert_pem.write_to_path(certificate)
    return authority


def server_context(authority: trustme.CA, kind: Certificate) -> ssl.SSLContext:
    """A server's TLS context with a fresh certificate, for the names by which guest and host know the host."""
    leaf = _ISSUERS[kind](authority)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf.configure_cert(context)
    return context


def _good(authority: trustme.CA) -> trustme.LeafCert:
    """Valid for as long as such certificates are, so that a phone with a wrong date refuses it."""
    now = datetime.now(UTC)
    return authority.issue_cert(*NAMES, not_before=now - timedelta(days=1), not_after=now + timedelta(days=90))


def _expired(authority: trustme.CA) -> trustme.LeafCert:
    yesterday = datetime.now(UTC) - timedelta(days=1)
    return authority.issue_cert(*NAMES, not_before=yesterday - timedelta(days=90), not_after=yesterday)


_ISSUERS: dict[Certificate, Callable[[trustme.CA], trustme.LeafCert]] = {
    Certificate.GOOD: _good,
    Certificate.EXPIRED: _expired,
    Certificate.WRONG_HOST: lambda authority: authority.issue_cert("other.invalid"),
    Certificate.UNKNOWN_ISSUER: lambda _: trustme.CA(organization_name="nobody's authority").issue_cert(*NAMES),
}
