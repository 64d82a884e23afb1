"""Who signed an APK: the SHA-256 of the first signer's certificate, from scheme v3 or v2, else from META-INF (v1)."""

import hashlib
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

BLOCK_MAGIC = b"APK Sig Block 42"
SCHEME_V2, SCHEME_V3 = 0x7109871A, 0xF05368C0
END_OF_CENTRAL_DIRECTORY = b"PK\x05\x06"
DER_SEQUENCE, DER_CONTEXT_0 = 0x30, 0xA0


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
        pkcs7 = archive.read(blocks[0])
    return _pkcs7_certificate(pkcs7)


def _pkcs7_certificate(pkcs7: bytes) -> bytes | None:
    """ContentInfo → [0] → SignedData → [0] certificates → the first certificate, with its DER header."""
    content_info = next(_elements(pkcs7))[1]
    explicit = next(body for tag, body, _ in _elements(content_info) if tag == DER_CONTEXT_0)
    signed_data = next(_elements(explicit))[1]
    for tag, body, _ in _elements(signed_data):
        if tag == DER_CONTEXT_0:
            return next(whole for inner, _, whole in _elements(body) if inner == DER_SEQUENCE)
    return None


def _elements(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """The DER elements in a row: tag, body, and the element with its header."""
    position = 0
    while position < len(data):
        start, tag, length = position, data[position], data[position + 1]
        position += 2
        if length & 0x80:
            count = length & 0x7F
            length = int.from_bytes(data[position : position + count], "big")
            position += count
        yield tag, data[position : position + length], data[start : position + length]
        position += length
