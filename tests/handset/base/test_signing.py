import hashlib
from pathlib import Path

from handset.base.home import Home
from handset.base.signing import certificate_digest, jar_certificate
from tests.handset.apks import add_v2_block, build_apk


def test_an_unsigned_apk_has_no_certificate(home: Home, tmp_path: Path) -> None:
    assert certificate_digest(build_apk(home, tmp_path)) is None


def test_the_certificate_of_the_v2_block(home: Home, tmp_path: Path) -> None:
    apk = build_apk(home, tmp_path)
    add_v2_block(apk, b"a certificate")
    assert certificate_digest(apk) == hashlib.sha256(b"a certificate").hexdigest()


def test_both_signature_schemes_name_the_same_signer(home: Home) -> None:
    apks = [apk for apk in home.appium_apks() if jar_certificate(apk)]
    assert apks, "Appium's APKs carry a v1 signature. Run: make setup"
    for apk in apks:
        assert certificate_digest(apk) == hashlib.sha256(jar_certificate(apk) or b"").hexdigest()
