"""The certificate authority of the stub backend: made once at set-up, trusted by the reference app's debug build."""

import tempfile
from pathlib import Path

import trustme

CERTIFICATE = "ca.pem"
KEY = "ca.key.pem"
NAMES = ("10.0.2.2", "127.0.0.1", "localhost")


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


def server_certificate(authority: trustme.CA) -> Path:
    """A fresh PEM file, the caller's to remove: key and chain for the names by which guest and host know the host."""
    leaf = authority.issue_cert(*NAMES)
    with tempfile.NamedTemporaryFile(prefix="masuk-backend-", suffix=".pem", delete=False) as file:
        file.write(leaf.private_key_and_cert_chain_pem.bytes())
    return Path(file.name)
