"""The display of a device and its keys, through `wm`, `settings`, `dumpsys` and `input`."""

import re

from masuk.base.errors import DeviceError
from masuk.device.adb_parts.connection import Part

FLAG_SECURE = 0x2000


class AdbDisplay(Part):
    """Reads the state of the display from `dumpsys`."""

    def density(self) -> int:
        found = re.findall(r"density: (\d+)", self._device.shell("wm density"))
        if not found:
            raise DeviceError(f"{self._device.serial}: `wm density` names no density")
        return int(found[-1])

    def size(self) -> tuple[int, int]:
        found = re.search(r"\bcur=(\d+)x(\d+)", self._device.shell("dumpsys window displays"))
        if found is None:
            raise DeviceError(f"{self._device.serial}: `dumpsys window displays` names no current size")
        return int(found[1]), int(found[2])

    def is_landscape(self) -> bool:
        width, height = self.size()
        return width > height

    def set_landscape(self, on: bool) -> None:
        self._device.shell(f"settings put system accelerometer_rotation 0; settings put system user_rotation {int(on)}")

    def font_scale(self) -> float:
        return float(self._device.setting("font_scale", "system") or 1)

    def set_font_scale(self, scale: float | None) -> None:
        self._device.shell(f"settings put system font_scale {scale or 1.0}")

    def is_awake(self) -> bool:
        return "mWakefulness=Awake" in self._device.shell("dumpsys power")

    def set_awake(self, on: bool) -> None:
        self._device.shell(
            "input keyevent KEYCODE_WAKEUP; wm dismiss-keyguard" if on else "input keyevent KEYCODE_SLEEP"
        )

    def is_secure(self) -> bool:
        return focused_is_secure(self._device.shell("dumpsys window"))

    def press_home(self) -> None:
        self._device.shell("input keyevent KEYCODE_HOME")

    def press_back(self) -> None:
        self._device.shell("input keyevent 4")


def focused_is_secure(dump: str) -> bool:
    """Whether the window that has the focus has FLAG_SECURE, in the output of `dumpsys window`."""
    focus = re.search(r"mCurrentFocus=Window\{(\w+) ", dump)
    if focus is None:
        return False
    window = re.search(rf"^ *Window #\d+ Window\{{{focus[1]} .*\n((?:(?! *Window #).*\n?)*)", dump, re.MULTILINE)
    flags = re.search(r"\bfl=(#[0-9a-f]+|[A-Z_ ]+)", window[1]) if window else None
    if flags is None:
        return False
    if flags[1].startswith("#"):  # before Android 8.1
        return bool(int(flags[1][1:], 16) & FLAG_SECURE)
    return "SECURE" in flags[1].split()
