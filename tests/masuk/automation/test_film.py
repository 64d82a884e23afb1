import io
import time

import pytest
from PIL import Image, ImageSequence

from masuk.automation.film import LAST_SECONDS, LONGEST_SECONDS, Film

COLOURS = ["red", "lime", "blue"]


def picture(colour: str, size: tuple[int, int] = (40, 80)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def test_a_picture_is_taken_after_each_action_and_lasts_as_it_did(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = iter([10.0, 10.5, 30.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    shown = iter([picture("red"), picture("lime"), picture("blue", (80, 40))])
    film = Film()
    film.begin(lambda: next(shown))
    for command in ("findElements", "clickElement", "getElementText", "w3cExecuteScript", "back"):
        film.note(command, {}, 0, None)
    png = film.as_png()
    assert png is not None
    with Image.open(io.BytesIO(png)) as played:
        assert (len(list(ImageSequence.Iterator(played))), played.size) == (3, (40, 40))
        durations = []
        for number, colour in enumerate(COLOURS):
            played.seek(number)
            durations.append(played.info["duration"])
            assert played.convert("RGB").getpixel((5, 5)) == Image.new("RGB", (1, 1), colour).getpixel((0, 0))
    assert durations == [500, LONGEST_SECONDS * 1000, LAST_SECONDS * 1000]


def test_nothing_of_the_scenario_before_is_in_the_next_film() -> None:
    film = Film()
    film.note("clickElement", {}, 0, None)
    assert film.as_png() is None
    film.begin(lambda: picture("red"))
    film.shoot()
    film.begin(lambda: picture("blue"))
    assert film.as_png() is None
