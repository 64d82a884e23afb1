"""Escapes in the arguments of printf and tr."""

import re

ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3})|(.))", re.DOTALL)
LETTERS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "v": "\v", "\\": "\\"}


def unescaped(text: str) -> str:
    r"""The text with \n, \t, \\, \NNN (octal) and \xHH replaced; an unknown escape stays as it is."""
    return ESCAPE.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    if found[3] is not None:
        return LETTERS.get(found[3], found[0])
    number = int(found[1], 16) if found[1] else int(found[2], 8)
    return bytes([number & 0xFF]).decode("utf-8", "surrogateescape")
