"""A good certificate is kept for a day, and never longer than the authority that has issued it."""

import os
import ssl
import stat
import time
from pathlib import Path

import pytest

from masuk.toolchain.certificate_authority import (
    KEPT,
    KEPT_SECONDS,
    Certificate,
    load_or_create_authority,
    server_context,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With a good certificate, issued a minute ago by an authority that is older."""
    server_context(tmp_path, Certificate.GOOD)
    for age, name in ((120, "ca.pem"), (60, KEPT)):
        touch(tmp_path / name, seconds_ago=age)
    return tmp_path


def touch(path: Path, seconds_ago: float) -> None:
    then = time.time() - seconds_ago
    os.utime(path, (then, then))


def issued(folder: Path) -> bytes:
    server_context(folder, Certificate.GOOD)
    return (folder / KEPT).read_bytes()


def test_it_is_used_again(folder: Path) -> None:
    assert issued(folder) == issued(folder)


def test_nobody_else_may_read_it_and_nothing_else_is_left(folder: Path) -> None:
    issued(folder)
    assert stat.S_IMODE((folder / KEPT).stat().st_mode) == 0o600
    assert {path.name for path in folder.iterdir()} == {"ca.pem", "ca.key.pem", KEPT}


@pytest.mark.parametrize("age", [KEPT_SECONDS + 1, -3600], ids=["a day old", "of a time that has not come"])
def test_an_old_one_is_issued_anew(age: float, folder: Path) -> None:
    before = (folder / KEPT).read_bytes()
    touch(folder / "ca.pem", seconds_ago=2 * KEPT_SECONDS)
    touch(folder / KEPT, seconds_ago=age)
    assert issued(folder) != before


def test_another_authority_issues_another(folder: Path) -> None:
    for name in ("ca.pem", "ca.key.pem"):
        (folder / name).unlink()
    load_or_create_authority(folder)
    server_context(folder, Certificate.GOOD)
    trusting = ssl.create_default_context(cafile=str(folder / "ca.pem"))
    assert verified_by(trusting, folder)


def verified_by(trusting: ssl.SSLContext, folder: Path) -> bool:
    """A handshake in memory, with whoever presents what is kept."""
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    server = server_context(folder, Certificate.GOOD).wrap_bio(to_server, to_client, server_side=True)
    client = trusting.wrap_bio(to_client, to_server, server_hostname="10.0.2.2")
    for _ in range(4):
        for side in (client, server):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
    return bool(client.getpeercert())
