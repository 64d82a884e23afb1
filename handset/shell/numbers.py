"""Numbers in the arguments of commands, read as toybox reads them."""

import math
import re

from handset.shell.registry import UsageError

WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
PREFIXED = re.compile(r"[+-]?(0[xX][0-9a-fA-F]{1,15}|[0-9]{1,18})")
DECIMAL = re.compile(r"[+-]?([0-9]{1,15}(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")


def whole(text: str, command: str) -> int:
    """An integer of at most 18 digits. Raises UsageError in the words of `command`."""
    if not WHOLE.fullmatch(text):
        raise UsageError(f"{command}: not integer: {text}")
    return int(text)


def prefixed(text: str, command: str) -> int:
    """An integer, decimal or with 0x before it. Raises UsageError in the words of `command`."""
    if not PREFIXED.fullmatch(text):
        raise UsageError(f"{command}: not integer: {text}")
    return int(text, 16) if "x" in text.lower() else int(text)


def decimal(text: str, command: str) -> float:
    """A finite number with or without a fraction. Raises UsageError in the words of `command`."""
    value = float(text) if DECIMAL.fullmatch(text) else math.nan
    if not math.isfinite(value):
        raise UsageError(f"{command}: not a number: {text}")
    return value
