"""Blackens in a picture what the vault masks in a text: an identity number in a field is readable there too."""

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator

from masuk.secrets.vault import Vault

BOUNDS = re.compile(r"\[(-?\d+),(-?\d+)\]\[(-?\d+),(-?\d+)\]")
SHOWN = ("text", "content-desc", "hint")

Box = tuple[int, int, int, int]
"""Left, top, right and bottom, in pixels."""


def redact(png: bytes, source: str, vault: Vault) -> bytes:
    """The picture with every element blackened whose text, in the screen's tree `source`, holds a secret."""
    return blacken(png, secret_boxes(source, vault))


def blacken(png: bytes, boxes: Iterable[Box]) -> bytes:
    """The picture with these boxes blackened; one that is off the picture changes nothing."""
    boxes = list(boxes)
    if not boxes:
        return png
    from PIL import Image, ImageDraw  # most pictures stay as they are

    with Image.open(io.BytesIO(png)) as picture:
        draw = ImageDraw.Draw(picture)
        for box in boxes:
            draw.rectangle(box, fill="black")
        out = io.BytesIO()
        picture.save(out, "PNG")
    return out.getvalue()


def secret_boxes(source: str, vault: Vault) -> Iterator[Box]:
    """Where elements are whose text, in the screen's tree `source`, holds a secret."""
    for node in ET.fromstring(source).iter():  # noqa: S314 - written by the UiAutomator2 server
        texts = [node.get(name, "") for name in SHOWN]
        found = BOUNDS.fullmatch(node.get("bounds", ""))
        if found and any(vault.mask(text) != text for text in texts):
            left, top, right, bottom = map(int, found.groups())
            yield left, top, max(left, right), max(top, bottom)
