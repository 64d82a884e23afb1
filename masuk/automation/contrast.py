"""The contrast of a text with what is behind it, counted from the pixels of a picture as WCAG 2.2 does."""

import io
from typing import cast

from masuk.secrets.picture_redaction import Box

Colour = tuple[int, int, int]
FEWEST = 0.001
"""The share of a box's pixels that a colour must fill to be the text's or the background's own."""
KNEE = 0.04045
FLARE = 0.05
"""Light that a screen reflects, in WCAG's formula."""


def contrast(png: bytes, box: Box) -> float | None:
    """The contrast, from 1 to 21, of the text in a box with its background; None when the box has one colour.

    The background is the most frequent colour. The text is the frequent one that contrasts most with it, since smoothed
    edges lie between the two. Anything else in the box that contrasts more, such as an icon, is taken for the text.
    """
    from PIL import Image  # slow to load, and few scenarios need it

    with Image.open(io.BytesIO(png)) as picture:
        left, top, right, bottom = box
        part = picture.convert("RGB").crop((max(0, left), max(0, top), *_within(picture.size, right, bottom)))
    pixels = part.width * part.height
    counts = cast(list[tuple[int, Colour]], part.getcolors(maxcolors=pixels))  # as it is for RGB
    frequent = [colour for count, colour in counts if count >= FEWEST * pixels]
    if len(frequent) < 2:
        return None
    background = luminance(max(counts)[1])
    return max(ratio(luminance(colour), background) for colour in frequent)


def is_black(png: bytes) -> bool:
    """Whether a picture is black all over, as that of an app is that forbids pictures (FLAG_SECURE)."""
    from PIL import Image

    with Image.open(io.BytesIO(png)) as picture:
        return picture.convert("L").getextrema() == (0, 0)


def luminance(colour: Colour) -> float:
    """The relative luminance of an sRGB colour: 0 is black and 1 is white."""
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: float, other: float) -> float:
    """The contrast of two luminances."""
    lighter, darker = max(one, other), min(one, other)
    return (lighter + FLARE) / (darker + FLARE)


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= KNEE else ((part + 0.055) / 1.055) ** 2.4)


def _within(size: tuple[int, int], right: int, bottom: int) -> tuple[int, int]:
    return min(size[0], right), min(size[1], bottom)
