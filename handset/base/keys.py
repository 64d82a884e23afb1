"""Android's key codes by the names that `input keyevent` takes."""

HOME, BACK, POWER, ENTER, DELETE, ESCAPE, APP_SWITCH, SLEEP, WAKEUP = 3, 4, 26, 66, 67, 111, 187, 223, 224

NAMES = {
    "HOME": HOME,
    "BACK": BACK,
    "DPAD_UP": 19,
    "DPAD_DOWN": 20,
    "DPAD_LEFT": 21,
    "DPAD_RIGHT": 22,
    "DPAD_CENTER": 23,
    "VOLUME_UP": 24,
    "VOLUME_DOWN": 25,
    "POWER": POWER,
    "TAB": 61,
    "SPACE": 62,
    "ENTER": ENTER,
    "DEL": DELETE,
    "MENU": 82,
    "PAGE_UP": 92,
    "PAGE_DOWN": 93,
    "ESCAPE": ESCAPE,
    "FORWARD_DEL": 112,
    "MOVE_HOME": 122,
    "MOVE_END": 123,
    "APP_SWITCH": APP_SWITCH,
    "SLEEP": SLEEP,
    "WAKEUP": WAKEUP,
    **{str(digit): 7 + digit for digit in range(10)},
    **{chr(ord("A") + letter): 29 + letter for letter in range(26)},
}


def key_code(text: str) -> int:
    """The code of `4`, `BACK` or `KEYCODE_BACK`. ValueError for a name that is unknown."""
    if text.isdigit() and len(text) > 1:
        return int(text)
    name = text.upper().removeprefix("KEYCODE_")
    if name == text.upper() and text.isdigit():
        return int(text)
    if name not in NAMES:
        raise ValueError(f"Unknown keycode: {text}")
    return NAMES[name]
