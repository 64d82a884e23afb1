"""Pictures of the screen, and why there is none where an app forbids them."""

import io
import struct
from collections.abc import Callable

from masuk.automation.screen import Screen
from masuk.base.errors import MasukError, NoPicture, SessionError
from masuk.device import Device

REFUSAL = "'secure' flag"
"""What the UiAutomator2 server says where Android gives it no picture at all."""
HEADER = 24
"""Bytes of a PNG up to the end of its width and height."""
OVERHEAD, BYTES_A_PIXEL = 1000, 0.02
"""More bytes than a black screen with the system's bars takes; one of an app takes more."""
SAMPLE = (32, 64)
DARK = 8
"""The brightest that a pixel of a secure window is, out of 255."""
MOSTLY = 0.8
"""The share of black that makes a picture black. The system's bars stay visible over a secure window."""


def picture_of(screen: Screen, device: Callable[[], Device]) -> bytes:
    """A PNG picture of the display. Raises NoPicture where the window in front is secure (FLAG_SECURE).

    `device` is called for a black picture only, since not every device is reached in another way than by Appium.
    """
    try:
        png = screen.screenshot()
    except SessionError as error:
        if REFUSAL in str(error):
            raise NoPicture from error
        raise
    if is_black(png) and _is_secure(device):
        raise NoPicture
    return png


def is_black(png: bytes) -> bool:
    """Whether next to nothing is to be seen in a PNG picture. Most pictures are too large for that, and not decoded."""
    if len(png) < HEADER:
        return False
    width, height = struct.unpack(">II", png[HEADER - 8 : HEADER])
    if len(png) > OVERHEAD + BYTES_A_PIXEL * width * height:
        return False
    from PIL import Image

    with Image.open(io.BytesIO(png)) as picture:
        sample = picture.convert("L").resize(SAMPLE, Image.Resampling.NEAREST)
    return sum(sample.histogram()[: DARK + 1]) >= MOSTLY * SAMPLE[0] * SAMPLE[1]


def _is_secure(device: Callable[[], Device]) -> bool:
    """Whether the device says so; a device that can't be asked has not said it."""
    try:
        return device().display.is_secure()
    except MasukError:
        return False
