"""`input`: taps, swipes, keys and text."""

from handset.base.errors import NotResponding
from handset.base.keys import key_code
from handset.shell.numbers import whole
from handset.shell.registry import Context, UsageError, command

DEFAULT_SWIPE_MS = 300
LONG_PRESS_MS = 600
SOURCES = frozenset({"touchscreen", "keyboard", "mouse", "touchpad", "dpad", "stylus"})


@command("input")
async def send_input(context: Context) -> int:
    """`input [SOURCE] tap|swipe|draganddrop|text|keyevent|roll …`."""
    words = list(context.arguments)
    if words and words[0] in SOURCES:
        words.pop(0)
    if not words:
        raise UsageError("input: a verb is missing: tap, swipe, text or keyevent")
    try:
        return await _inject(context, *words)
    except NotResponding:
        return 0  # as on Android, where the event is lost and the ANR is in the log


async def _inject(context: Context, verb: str, *operands: str) -> int:
    screen, values = context.device.screen, list(operands)
    match verb:
        case "tap":
            await screen.tap(*_pixels(values, 2))
        case "swipe" | "draganddrop":
            x, y, x2, y2 = _pixels(values, 4)
            milliseconds = whole(values[4], "Error") if len(values) > 4 else DEFAULT_SWIPE_MS
            if (x, y) == (x2, y2):
                await screen.tap(x, y, milliseconds)
            else:
                await screen.swipe((x, y), (x2, y2), milliseconds)
        case "text":
            if not await screen.type_text(" ".join(values).replace("%s", " ")):
                context.device.logs.add("W", "handset", "input text: no field has the focus")
        case "keyevent":
            for code in _key_codes(values):
                await screen.press_key(code)
        case _:
            context.missing(f"input {verb}")
            context.complain(f"Error: Unknown command: {verb}")
            return 255
    return 0


def _pixels(values: list[str], count: int) -> list[int]:
    try:
        pixels = [int(float(value)) for value in values[:count]]
    except (ValueError, OverflowError) as error:
        raise UsageError(f"Error: {error}") from error
    if len(pixels) < count:
        raise UsageError(f"Error: expected {count} coordinates, got {len(pixels)}")
    return pixels


def _key_codes(values: list[str]) -> list[int]:
    try:
        return [key_code(value) for value in values if not value.startswith("--")]
    except ValueError as error:
        raise UsageError(f"Error: {error}") from error
