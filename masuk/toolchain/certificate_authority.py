"""The certificate authority of the stub backend: made once at set-up, trusted by the reference app's debug build."""

import ssl
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from masuk.base.endpoint import name_of

if TYPE_CHECKING:  # it is slow to import, and most runs present what an earlier one has issued
    import trustme

CERTIFICATE = "ca.pem"
KEY = "ca.key.pem"
KEPT = "server.pem"
KEPT_SECONDS = 24 * 3600
NAMES = ("10.0.2.2", name_of("10.0.2.2"), "127.0.0.1", "localhost")


class Certificate(Enum):
    """What a server can present."""

    GOOD = auto()
    EXPIRED = auto()
    WRONG_HOST = auto()
    UNKNOWN_ISSUER = auto()
    """Issued by itself or by an authority that nobody trusts; a client can't tell the difference."""


def load_or_create_authority(folder: Path) -> "trustme.CA":
    """The authority kept in `folder`: `ca.pem` for whoever shall trust it, `ca.key.pem` for us."""
    import trustme

    certificate, key = folder / CERTIFICATE, folder / KEY
    if certificate.exists() and key.exists():
        return trustme.CA.from_pem(certificate.read_bytes(), key.read_bytes())
    folder.mkdir(parents=True, exist_ok=True)
    authority = trustme.CA(organization_name="masuk test authority")
    authority.private_key_pem.write_to_path(key)
    key.chmod(0o600)
    authority.cert_pem.write_to_path(certificate)
    return authority


def server_context(folder: Path, kind: Certificate) -> ssl.SSLContext:
    """A server's TLS context for the names by which guest and host know the host.

    The authority is the one kept in `folder`, and so is a good certificate, for a day.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if kind is Certificate.GOOD:
        context.load_cert_chain(_kept(folder))
    else:
        _issued(folder, kind).configure_cert(context)
    return context


def _kept(folder: Path) -> Path:
    """A file with key and chain of a good certificate of the authority that is there now."""
    kept = folder / KEPT
    if not _is_fresh(kept, folder / CERTIFICATE):
        leaf = _issued(folder, Certificate.GOOD)
        # Nobody else may read it, and two runs may do this at once.
        with tempfile.NamedTemporaryFile(dir=folder, prefix=KEPT, delete=False) as whole:
            whole.write(leaf.private_key_and_cert_chain_pem.bytes())
        Path(whole.name).replace(kept)
    return kept


def _is_fresh(kept: Path, authority: Path) -> bool:
    if not kept.exists() or not authority.exists():
        return False
    made = kept.stat().st_mtime
    return made > authority.stat().st_mtime and 0 <= time.time() - made < KEPT_SECONDS


def _issued(folder: Path, kind: Certificate) -> "trustme.LeafCert":
    return _ISSUERS[kind](load_or_create_authority(folder))


def _good(authority: "trustme.CA") -> "trustme.LeafCert":
    """Valid for as long as such certificates are, so that a phone with a wrong date refuses it."""
    now = datetime.now(UTC)
    return authority.issue_cert(*NAMES, not_before=now - timedelta(days=1), not_after=now + timedelta(days=90))


def _expired(authority: "trustme.CA") -> "trustme.LeafCert":
    yesterday = datetime.now(UTC) - timedelta(days=1)
    return authority.issue_cert(*NAMES, not_before=yesterday - timedelta(days=90), not_after=yesterday)


def _of_nobody(_: "trustme.CA") -> "trustme.LeafCert":
    import trustme

    return trustme.CA(organization_name="nobody's authority").issue_cert(*NAMES)


_ISSUERS: Mapping[Certificate, Callable[["trustme.CA"], "trustme.LeafCert"]] = {
    Certificate.GOOD: _good,
    Certificate.EXPIRED: _expired,
    Certificate.WRONG_HOST: lambda authority: authority.issue_cert("other.invalid"),
    Certificate.UNKNOWN_ISSUER: _of_nobody,
}
