"""The contrast of a text, from pixels whose edges are smoothed."""

import io

import pytest
from PIL import Image, ImageDraw, ImageFont

from masuk.automation.contrast import contrast, is_black, luminance, ratio

BOX = (20, 20, 420, 100)


def picture(text: str, background: str, *, words: str = "Kata sandi yang Anda masukkan salah.") -> bytes:
    """A message on a page of another colour, as a display shows it."""
    image = Image.new("RGB", (440, 120), "#F6FAFA")
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle(BOX, radius=16, fill=background)
    draw.text((40, 45), words, fill=text, font=ImageFont.load_default(20))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("text", "background", "expected"),
    [
        ("#000000", "#FFFFFF", 21),
        ("#FFFFFF", "#000000", 21),
        ("#777777", "#FFFFFF", 4.48),
        ("#767676", "#FFFFFF", 4.54),
        ("#B3261E", "#FCEEEC", 5.78),
        ("#C0655F", "#FCEEEC", 3.53),
    ],
)
def test_smoothed_edges_do_not_change_it(text: str, background: str, expected: float) -> None:
    assert contrast(picture(text, background), BOX) == pytest.approx(expected, abs=0.01)


def test_a_box_of_one_colour_has_no_text() -> None:
    assert contrast(picture("#000000", "#FFFFFF", words=""), (60, 40, 400, 80)) is None


def test_a_box_that_reaches_beyond_the_picture_is_cut() -> None:
    assert contrast(picture("#000000", "#FFFFFF"), (20, 20, 9000, 9000)) == pytest.approx(21)


def test_a_picture_that_an_app_forbids_is_black() -> None:
    black = io.BytesIO()
    Image.new("RGB", (440, 120)).save(black, "PNG")
    assert is_black(black.getvalue())
    assert not is_black(picture("#000000", "#FFFFFF"))


def test_the_formula_is_that_of_wcag() -> None:
    assert luminance((255, 255, 255)) == pytest.approx(1)
    assert luminance((255, 0, 0)) == pytest.approx(0.2126)
    assert ratio(1, 0) == ratio(0, 1) == pytest.approx(21)
