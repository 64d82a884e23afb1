"""What is typed is neither in the tree nor in the picture, also where the screen repeats it; hints are."""

import io

from PIL import Image

from masuk.cli.inspection.privacy import masked
from masuk.secrets.vault import Vault
from tests.masuk.cli.inspection.screens import SOURCE, picture


def is_black(png: bytes, at: tuple[int, int]) -> bool:
    with Image.open(io.BytesIO(png)) as image:
        return image.convert("RGB").getpixel(at) == (0, 0, 0)


def test_the_tree_tells_nothing_that_was_typed() -> None:
    _, source = masked(picture(), SOURCE, Vault())
    assert "0012345678901234" not in source
    assert "a&amp;b" not in source
    assert 'text="Welcome, &lt;typed text&gt;"' in source
    assert 'text="&lt;password&gt;"' in source
    assert 'text="Code"' in source


def test_nor_does_the_picture() -> None:
    png, _ = masked(picture(), SOURCE, Vault())
    inside = {"number": (50, 30), "password": (50, 50), "hint": (50, 70), "repeated": (50, 90), "button": (25, 110)}
    assert {what for what, place in inside.items() if is_black(png, place)} == {"number", "password", "repeated"}
