import hashlib
import struct
from pathlib import Path

import pytest

from handset.base.errors import InstallFailure
from handset.base.home import Home
from handset.base.signing import BLOCK_MAGIC, SCHEME_V2, certificate_digest, jar_certificate
from handset.packages.apk import read_apk
from handset.packages.package_manager import InstallOptions, Package, check_install
from tests.handset.apks import build_apk


def prefixed(*parts: bytes) -> bytes:
    return b"".join(struct.pack("<I", len(part)) + part for part in parts)


def with_v2_block(apk: Path, certificate: bytes) -> None:
    """Put a signing block before the central directory, with nothing valid in it but the certificate."""
    content = apk.read_bytes()
    end = content.rfind(b"PK\x05\x06")
    (directory,) = struct.unpack_from("<I", content, end + 16)
    signed_data = prefixed(b"digests", prefixed(certificate), b"")
    scheme = prefixed(prefixed(prefixed(signed_data, b"signatures", b"key")))
    pair = struct.pack("<QI", 4 + len(scheme), SCHEME_V2) + scheme
    size = struct.pack("<Q", len(pair) + 24)
    block = size + pair + size + BLOCK_MAGIC
    tail = bytearray(content[end:])
    struct.pack_into("<I", tail, 16, directory + len(block))
    apk.write_bytes(content[:directory] + block + content[directory:end] + bytes(tail))


def test_an_unsigned_apk_has_no_certificate(home: Home, tmp_path: Path) -> None:
    assert certificate_digest(build_apk(home, tmp_path)) is None


def test_the_certificate_of_the_v2_block(home: Home, tmp_path: Path) -> None:
    apk = build_apk(home, tmp_path)
    with_v2_block(apk, b"a certificate")
    assert certificate_digest(apk) == hashlib.sha256(b"a certificate").hexdigest()


def test_an_upgrade_by_another_signer_is_refused(home: Home, tmp_path: Path) -> None:
    old, new = build_apk(home, tmp_path / "1"), build_apk(home, tmp_path / "2", version=2)
    with_v2_block(old, b"alice")
    with_v2_block(new, b"mallory")
    installed = Package(read_apk(old, home.aapt2), 10100)
    with pytest.raises(InstallFailure, match="signatures do not match") as raised:
        check_install(read_apk(new, home.aapt2), installed, InstallOptions())
    assert raised.value.code == "INSTALL_FAILED_UPDATE_INCOMPATIBLE"


def test_the_facts_of_an_apk(home: Home, tmp_path: Path) -> None:
    facts = read_apk(build_apk(home, tmp_path, version=3), home.aapt2)
    assert (facts.package, facts.version_code, facts.version_name) == ("com.example.app", 3, "3.0")
    assert (facts.min_sdk, facts.target_sdk, facts.debuggable) == (23, 34, True)
    assert facts.launcher == "com.example.app.Main"
    assert [activity.name.rpartition(".")[2] for activity in facts.activities] == ["Main", "Home", "Broken"]
    assert (facts.activities[0].filters[1].schemes, facts.activities[0].filters[1].hosts) == (["demo"], ["open"])


def test_both_signature_schemes_name_the_same_signer(home: Home) -> None:
    apks = [apk for apk in home.appium_apks() if jar_certificate(apk)]
    assert apks, "Appium's APKs carry a v1 signature. Run: make setup"
    for apk in apks:
        assert certificate_digest(apk) == hashlib.sha256(jar_certificate(apk) or b"").hexdigest()
