"""Who signed an APK: the SHA-256 of the first signer's certificate, from scheme v3 or v2, else from META-INF (v1)."""

import hashlib
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

BLOCK_MAGIC = b"APK Sig Block 42"
SCHEME_V2, SCHEME_V3 = 0x7109871A, 0xF05368C0
END_OF_CENTRAL_DIRECTORY = b"PK\x05\x06"


def certificate_digest(apk: Path) -> str | None:
    """The signer's certificate as a SHA-256 in hex, or None when the APK is unsigned or its signature is malformed."""
    try:
        certificate = _block_certificate(apk.read_bytes()) or jar_certificate(apk)
    except (struct.error, IndexError, ValueError):
        return None
    return hashlib.sha256(certificate).hexdigest() if certificate else None


def _block_certificate(content: bytes) -> bytes | None:
    end = content.rfind(END_OF_CENTRAL_DIRECTORY)
    if end < 0:
        return None
    (directory,) = struct.unpack_from("<I", content, end + 16)
    if content[directory - 16 : directory] != BLOCK_MAGIC:
        return None
    (size,) = struct.unpack_from("<Q", content, directory - 24)
    pairs = dict(_pairs(content[directory - size : directory - 24]))
    scheme = pairs.get(SCHEME_V3) or pairs.get(SCHEME_V2)
    return _first_certificate(scheme) if scheme else None


def _pairs(block: bytes) -> Iterator[tuple[int, bytes]]:
    position = 0
    while position < len(block):
        length, identifier = struct.unpack_from("<QI", block, position)
        yield identifier, block[position + 12 : position + 8 + length]
        position += 8 + length


def _first_certificate(scheme: bytes) -> bytes:
    """Signers → first signer → its signed data → after the digests, the certificates → the first."""
    signer = _prefixed(_prefixed(scheme))
    signed_data = _prefixed(signer)
    digests = _prefixed(signed_data)
    return _prefixed(_prefixed(signed_data[4 + len(digests) :]))


def _prefixed(data: bytes) -> bytes:
    (length,) = struct.unpack_from("<I", data)
    return data[4 : 4 + length]


def jar_certificate(apk: Path) -> bytes | None:
    """The DER of the certificate that signed by scheme v1, None without such a signature."""
    with zipfile.ZipFile(apk) as archive:
        blocks = sorted(
            name
            for name in archive.namelist()
            if name.startswith("META-INF/") and name.rpartition(".")[2] in {"RSA", "DSA", "EC"}
        )
        if not blocks:
            return None
        signature = archive.read(blocks[0])
    from cryptography.hazmat.primitives.serialization import Encoding, pkcs7  # here, since few APKs need it

    return pkcs7.load_der_pkcs7_certificates(signature)[0].public_bytes(Encoding.DER)
