"""A black picture of a secure window is no picture, and the report says why."""

import io
from typing import Any

import allure
import pytest
from PIL import Image
from typing_extensions import override

from masuk.automation.driver import WatchedDriver
from masuk.automation.film import Film
from masuk.automation.screen import Screen
from masuk.automation.screenshot import is_black, picture_of
from masuk.base.errors import DeviceError, InfrastructureError, NoPicture, SessionError
from masuk.device.adb_parts.display import focused_is_secure
from masuk.results.allure_bridge import Evidence
from masuk.secrets.vault import Vault
from tests.masuk.scripted_device import ScriptedDevice

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
OPEN = DUMP.replace(" SECURE", "")


@pytest.mark.parametrize(
    ("dump", "secure"),
    [
        (DUMP, True),
        (OPEN, False),
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


class Still(Screen):
    """Shows one picture, or can't."""

    def __init__(self, png: bytes | Exception) -> None:
        super().__init__(no_driver, wait=0)
        self._png = png

    @override
    def screenshot(self) -> bytes:
        if isinstance(self._png, Exception):
            raise self._png
        return self._png


def no_driver() -> WatchedDriver:
    raise AssertionError("Expected no command to Appium.")


def device_with(windows: str | Exception) -> ScriptedDevice:
    return ScriptedDevice(answers={"dumpsys window": windows})


def look(png: bytes | Exception, windows: str | Exception) -> bytes:
    return picture_of(Still(png), lambda: device_with(windows))


REFUSED = SessionError("Failed to capture a screenshot. Does the current view have 'secure' flag set?")


@pytest.mark.parametrize(("png", "windows"), [(picture("black"), DUMP), (REFUSED, OPEN)])
def test_a_secure_window_is_named(png: bytes | Exception, windows: str) -> None:
    with pytest.raises(NoPicture) as raised:
        look(png, windows)
    assert str(raised.value) == SECURE
    assert isinstance(raised.value, InfrastructureError), "evidence must not fail"


def test_other_black_pictures_and_other_errors_stay_what_they_are() -> None:
    for windows in (OPEN, DeviceError("gone")):
        assert look(picture("black"), windows) == picture("black")
    device = device_with(DUMP)
    assert picture_of(Still(picture("white")), lambda: device) == picture("white")
    assert not device.asked, "the device is asked about black pictures only"
    with pytest.raises(SessionError, match="no session"):
        look(SessionError("no session"), DUMP)


def test_the_sentence_stands_in_the_place_of_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    attached: list[tuple[Any, ...]] = []
    monkeypatch.setattr(allure, "attach", lambda *what: attached.append(what[:2]))
    Evidence(Vault()).collect("screen", lambda: look(picture("black"), DUMP))
    assert attached == [(SECURE, "screen (not available)")]


def test_a_film_says_why_pictures_are_missing() -> None:
    film = Film()
    shown = iter([(picture("white"), OPEN), (picture("black"), DUMP)])
    film.begin(lambda: look(*next(shown)))
    reasons = []
    for _ in range(2):
        film.shoot()
        reasons.append(film.refused)
    assert reasons == [None, SECURE]
    assert film.as_png() is not None
    film.begin(lambda: b"")
    assert film.refused is None
