"""A scenario as a film, for `--video`: a picture after each action, shown as long as it was on the screen.

It is no recording of the screen. That could not be blackened where a secret stands, and not every device makes one.
"""

import io
import time
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from masuk.base.errors import InfrastructureError, NoPicture

if TYPE_CHECKING:  # most runs keep no film
    from PIL.Image import Image

ACTIONS = {"clickElement", "sendKeysToElement", "clearElement", "w3cExecuteScript", "actions", "pressKeyCode", "back"}
"""The Appium client's names of commands that change what is to be seen."""
HALF = 2
LONGEST_SECONDS = 3.0
"""A picture that nothing happened to for longer is cut short."""
LAST_SECONDS = 2.0


class Film:
    """The pictures of a scenario. `take` gives one as PNG, blackened."""

    def __init__(self) -> None:
        self._take: Callable[[], bytes] | None = None
        self._frames: list[tuple[float, bytes]] = []
        self.refused: str | None = None
        """Why a picture is missing, in words; None when none is."""

    def begin(self, take: Callable[[], bytes]) -> None:
        """Forget the scenario before."""
        self._take = take
        self._frames.clear()
        self.refused = None

    def note(self, command: str, _parameters: Mapping[str, object], _began: float, _outcome: object) -> None:
        """Take a picture if that was an action."""
        if command in ACTIONS:
            self.shoot()

    def shoot(self) -> None:
        """Take a picture now, if there is one to be had: evidence must not fail."""
        if self._take is not None:
            try:
                self._frames.append((time.monotonic(), self._take()))
            except NoPicture as refusal:
                self.refused = str(refusal)
            except InfrastructureError:
                pass

    def as_png(self) -> bytes | None:
        """The film as an animated PNG at half the size, which every browser plays; None when nothing was taken."""
        if not self._frames:
            return None
        pictures = [_smaller(png) for _, png in self._frames]
        size = (max(picture.width for picture in pictures), max(picture.height for picture in pictures))
        first, *others = [_on_canvas(picture, size) for picture in pictures]
        times = [at for at, _ in self._frames]
        seconds = [*(min(later - at, LONGEST_SECONDS) for at, later in pairwise(times)), LAST_SECONDS]
        out = io.BytesIO()
        milliseconds = [int(second * 1000) for second in seconds]
        first.save(out, "PNG", save_all=True, append_images=others, duration=milliseconds, loop=0)
        return out.getvalue()


def _smaller(png: bytes) -> "Image":
    from PIL import Image

    with Image.open(io.BytesIO(png)) as picture:
        return picture.convert("RGB").reduce(HALF)


def _on_canvas(picture: "Image", size: tuple[int, int]) -> "Image":
    """The picture on one of the film's size: a phone that is turned has another."""
    from PIL import Image

    canvas = Image.new("RGB", size)
    canvas.paste(picture)
    return canvas
