"""The key that debug builds are signed with."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

_KEY_BITS = 2048
_VALID_DAYS = 30 * 365


@dataclass(frozen=True)
class SigningKey:
    """An RSA key (PKCS #8, DER) and its self-signed certificate (PEM), as files."""

    private_key: Path
    certificate: Path


def load_or_create_signing_key(folder: Path) -> SigningKey:
    """The key in `folder`, made there first if there is none: one key for ever, or updates of an app are refused."""
    key = SigningKey(folder / "debug.pk8", folder / "debug.pem")
    if not (key.private_key.exists() and key.certificate.exists()):
        folder.mkdir(parents=True, exist_ok=True)
        _create(key)
    return key


def _create(key: SigningKey) -> None:
    private_key = rsa.generate_private_key(public_exponent=65537, key_size=_KEY_BITS)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "masuk debug")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private_key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=_VALID_DAYS))
        .sign(private_key, hashes.SHA256())
    )
    encoded_key = private_key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    key.private_key.touch(mode=0o600)
    key.private_key.write_bytes(encoded_key)
    key.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
