"""The signing key."""

import stat
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_der_private_key

from apk_tools.keys import load_or_create_signing_key


def test_it_is_made_once(tmp_path: Path) -> None:
    key = load_or_create_signing_key(tmp_path / "keys")
    content = key.private_key.read_bytes()
    assert load_or_create_signing_key(tmp_path / "keys") == key
    assert key.private_key.read_bytes() == content


def test_key_and_certificate_belong_together(tmp_path: Path) -> None:
    key = load_or_create_signing_key(tmp_path)
    private_key = load_der_private_key(key.private_key.read_bytes(), None)
    certificate = x509.load_pem_x509_certificate(key.certificate.read_bytes())
    assert isinstance(private_key, rsa.RSAPrivateKey)
    assert certificate.public_key() == private_key.public_key()


def test_nobody_else_reads_it(tmp_path: Path) -> None:
    key = load_or_create_signing_key(tmp_path)
    assert stat.S_IMODE(key.private_key.stat().st_mode) == 0o600
