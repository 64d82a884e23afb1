"""Secrets don't print, are masked in every usual form, and are found where they are not."""

import base64
import json
from pathlib import Path
from urllib.parse import quote

import pytest

from masuk.errors import SecretLeaked
from masuk.people import People
from masuk.secrets import Secret, Vault

VALUE = 'pa"ss wörd+1'


@pytest.fixture
def vault() -> Vault:
    vault = Vault()
    vault.add(Secret(VALUE, "password of Rini"))
    return vault


def test_a_secret_prints_its_label_only() -> None:
    secret = Secret(VALUE, "password of Rini")
    assert VALUE not in f"{secret} {secret!r} {[secret]}"
    assert secret.reveal() == VALUE


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="too short"):
        Secret("abc", "password")


@pytest.mark.parametrize(
    "text", [VALUE, json.dumps({"p": VALUE}), f"p={quote(VALUE)}", f"p={quote(VALUE, safe='').replace('%20', '+')}"]
)
def test_every_usual_form_is_masked(vault: Vault, text: str) -> None:
    masked = vault.mask(f"before {text} after")
    assert "<password of Rini>" in masked
    assert masked.startswith("before ")
    assert masked.endswith(" after")


def test_the_longer_secret_is_masked_whole() -> None:
    vault = Vault()
    vault.add(Secret("1234567", "short"))
    vault.add(Secret("12345678", "long"))
    assert vault.mask("12345678") == "<long>"


@pytest.mark.parametrize("offset", [0, 1, 2])
def test_a_planted_secret_is_found_in_base64_at_any_offset(vault: Vault, tmp_path: Path, offset: int) -> None:
    planted = base64.b64encode(b"x" * offset + VALUE.encode() + b"tail")
    (tmp_path / "report.html").write_bytes(b"<html>" + planted)
    assert vault.search(tmp_path) == {tmp_path / "report.html": {"password of Rini"}}


def test_a_planted_secret_is_found_in_text_and_in_names(vault: Vault, tmp_path: Path) -> None:
    vault.add(Secret("0012345678901234", "identity number of Rini"))
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / "app.log").write_text(f"login with {VALUE}", encoding="utf-8")
    (folder / "0012345678901234.txt").write_text("nothing")
    with pytest.raises(SecretLeaked, match=r"identity number of Rini.*password of Rini"):
        vault.demand_clean(tmp_path)


def test_a_clean_folder_is_clean(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "app.log").write_text(vault.mask(f"login with {VALUE}"), encoding="utf-8")
    vault.demand_clean(tmp_path)


def test_personas_are_made_up_once_and_never_alike() -> None:
    vault = Vault()
    people = People(vault)
    rini, budi = people.named("Rini"), people.named("Budi")
    assert people.named("Rini") is rini
    assert rini.identifier != budi.identifier
    assert len(rini.identifier.reveal()) == 16
    assert len(rini.card_number.reveal()) == 13
    assert len(rini.virtual_account.reveal()) == 16
    assert rini.password.reveal() not in vault.mask(f"{rini.password.reveal()} {rini}")
