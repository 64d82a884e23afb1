"""The parts of a request's body, each read as what it has to be. All raise WebDriverError `invalid argument`."""

import math
from collections.abc import Sequence
from typing import Any

from handset.processes.app_process import JsonObject
from handset.ui.uiautomator2.errors import WebDriverError

LARGEST = 1 << 31
"""Numbers of a request are pixels, milliseconds, codes of keys: Java's int holds them."""


def objects(value: object, what: str) -> list[JsonObject]:
    """A list of JSON objects; empty for null."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise _wrong(what, "a list", value)
    return [an_object(each, what) for each in value]


def an_object(value: object, what: str) -> JsonObject:
    """A JSON object; empty for null."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise _wrong(what, "an object", value)
    return value


def a_text(value: object, what: str) -> str:
    """A text that is there."""
    if not isinstance(value, str):
        raise _wrong(what, "a text", value)
    return value


def an_integer(value: object, what: str) -> int:
    """A number, also one that is written as a text, without its fraction."""
    return int(a_number(value, what))


def a_number(value: object, what: str) -> float:
    """A finite number, also one that is written as a text."""
    try:
        number = float(value) if isinstance(value, (int, float, str)) else math.nan
    except (ValueError, OverflowError):
        number = math.nan
    if not -LARGEST < number < LARGEST:  # not a number is in no range
        raise _wrong(what, "a number of 32 bits", value)
    return number


def typed(body: JsonObject) -> str:
    """The text of a request that types: `text`, or the characters of `value`."""
    text = body.get("text")
    if text is not None:
        return str(text)
    value = body.get("value", [])
    if not isinstance(value, Sequence) or not all(isinstance(each, str) for each in value):
        raise _wrong("value", "a text or a list of texts", value)
    return "".join(value)


def locator(body: JsonObject) -> tuple[str, str]:
    """The strategy and the selector of a locator."""
    return a_text(body.get("strategy"), "strategy"), a_text(body.get("selector"), "selector")


def _wrong(what: str, expected: str, value: Any) -> WebDriverError:
    return WebDriverError("invalid argument", f"'{what}' has to be {expected}, not {str(value)[:80]!r}")
