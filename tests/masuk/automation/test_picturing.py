"""A black picture of a secure window is no picture, and the report says why."""

import io
from typing import Any, cast

import allure
import pytest
from PIL import Image

from masuk.automation.film import Film
from masuk.automation.picturing import is_black, picture_of
from masuk.automation.screen import Screen
from masuk.base.errors import DeviceError, InfrastructureError, NoPicture, SessionError
from masuk.device import Device
from masuk.device.adb_parts.display import focused_is_secure
from masuk.results.allure_bridge import Evidence
from masuk.secrets.vault import Vault

SECURE = "the window is secure (FLAG_SECURE): no picture"
DUMP = """WINDOW MANAGER WINDOWS (dumpsys window windows)
  Window #2 Window{77aa11 u0 StatusBar}:
    mDisplayId=0 mSession=Session{1 1:1000}
    mAttrs={(0,0)(fillx66) ty=STATUS_BAR fmt=TRANSLUCENT
      fl=NOT_FOCUSABLE SPLIT_TOUCH}
    isOnScreen=true
  Window #1 Window{1a2b3c4 u0 org.example.app/org.example.app.Main}:
    mDisplayId=0 rootTaskId=12
    mAttrs={(0,0)(fillxfill) sim={adjust=resize} ty=BASE_APPLICATION fmt=TRANSLUCENT wanim=0x10302fe
      fl=LAYOUT_IN_SCREEN SECURE LAYOUT_INSET_DECOR SPLIT_TOUCH HARDWARE_ACCELERATED
      pfl=FORCE_DRAW_STATUS_BAR_BACKGROUND}
    isOnScreen=true
  Window #0 Window{5d6e7f8 u0 org.example.other/org.example.other.Main}:
    mAttrs={(0,0)(fillxfill) ty=BASE_APPLICATION
      fl=LAYOUT_IN_SCREEN SPLIT_TOUCH}
  mCurrentFocus=Window{1a2b3c4 u0 org.example.app/org.example.app.Main}
"""


@pytest.mark.parametrize(
    ("dump", "secure"),
    [
        (DUMP, True),
        (DUMP.replace(" SECURE", ""), False),
        (DUMP.replace("mCurrentFocus=Window{1a2b3c4", "mCurrentFocus=Window{5d6e7f8"), False),
        (DUMP.replace("fl=LAYOUT_IN_SCREEN SECURE LAYOUT_INSET_DECOR SPLIT_TOUCH", "fl=#81812100"), True),
        (DUMP.replace("fl=LAYOUT_IN_SCREEN SECURE LAYOUT_INSET_DECOR SPLIT_TOUCH", "fl=#81810100"), False),
        (DUMP.replace("mCurrentFocus=Window{1a2b3c4 u0", "mCurrentFocus=null"), False),
        ("", False),
    ],
)
def test_the_window_with_the_focus_counts(dump: str, secure: bool) -> None:
    assert focused_is_secure(dump) is secure


def picture(colour: str, bar: int = 0) -> bytes:
    """A screen of one colour under a white bar of so many pixels."""
    out = io.BytesIO()
    image = Image.new("RGB", (100, 200), colour)
    image.paste("white", (0, 0, 100, bar))
    image.save(out, "PNG")
    return out.getvalue()


def test_bars_of_the_system_leave_a_picture_black() -> None:
    assert is_black(picture("black"))
    assert is_black(picture("black", bar=12))
    assert not is_black(picture("black", bar=100))
    assert not is_black(picture("#202020"))


class Stage:
    """A screen and a device in one."""

    def __init__(self, png: bytes | Exception, secure: bool | Exception) -> None:
        self._png, self._secure = png, secure
        self.asked = 0

    @property
    def display(self) -> "Stage":
        return self

    def screenshot(self) -> bytes:
        if isinstance(self._png, Exception):
            raise self._png
        return self._png

    def is_secure(self) -> bool:
        self.asked += 1
        if isinstance(self._secure, Exception):
            raise self._secure
        return self._secure

    def look(self) -> bytes:
        return picture_of(cast(Screen, self), lambda: cast(Device, self))


REFUSED = SessionError("Failed to capture a screenshot. Does the current view have 'secure' flag set?")


@pytest.mark.parametrize("stage", [Stage(picture("black"), secure=True), Stage(REFUSED, secure=False)])
def test_a_secure_window_is_named(stage: Stage) -> None:
    with pytest.raises(NoPicture) as raised:
        stage.look()
    assert str(raised.value) == SECURE
    assert isinstance(raised.value, InfrastructureError), "evidence must not fail"


def test_other_black_pictures_and_other_errors_stay_what_they_are() -> None:
    for secure in (False, DeviceError("gone")):
        assert Stage(picture("black"), secure).look() == picture("black")
    bright = Stage(picture("white"), secure=True)
    assert bright.look() == picture("white")
    assert bright.asked == 0, "the device is asked about black pictures only"
    with pytest.raises(SessionError, match="no session"):
        Stage(SessionError("no session"), secure=True).look()


def test_the_sentence_stands_in_the_place_of_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    attached: list[tuple[Any, ...]] = []
    monkeypatch.setattr(allure, "attach", lambda *what: attached.append(what[:2]))
    Evidence(Vault()).collect("screen", Stage(picture("black"), secure=True).look)
    assert attached == [(SECURE, "screen (not available)")]


def test_a_film_says_why_pictures_are_missing() -> None:
    film = Film()
    shown = iter([Stage(picture("white"), secure=False), Stage(picture("black"), secure=True)])
    film.begin(lambda: next(shown).look())
    reasons = []
    for _ in range(2):
        film.shoot()
        reasons.append(film.refused)
    assert reasons == [None, SECURE]
    assert film.as_png() is not None
    film.begin(lambda: b"")
    assert film.refused is None
