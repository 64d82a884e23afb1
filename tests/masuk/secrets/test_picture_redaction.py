"""Pictures hide what texts hide."""

import io

import pytest
from PIL import Image

from masuk.secrets.picture_redaction import redact
from masuk.secrets.vault import Secret, Vault

NUMBER = "0012345678901234"
SOURCE = (
    '<hierarchy><node text="{text}" bounds="[10,20][60,40]"/><node text="Masuk" bounds="[10,50][60,70]"/></hierarchy>'
)


@pytest.fixture
def vault() -> Vault:
    vault = Vault()
    vault.add(Secret(NUMBER, "identity number of Rini"))
    return vault


@pytest.fixture
def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (100, 100), "white").save(out, "PNG")
    return out.getvalue()


def test_an_element_that_shows_a_secret_is_blackened_and_no_other(vault: Vault, png: bytes) -> None:
    picture = Image.open(io.BytesIO(redact(png, SOURCE.format(text=f"NIK {NUMBER}"), vault)))
    assert picture.getpixel((30, 30)) == (0, 0, 0)
    assert picture.getpixel((30, 60)) == (255, 255, 255)


def test_a_picture_without_secrets_is_left_as_it_is(vault: Vault, png: bytes) -> None:
    assert redact(png, SOURCE.format(text="NIK"), vault) is png
