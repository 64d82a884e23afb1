"""How writers spell a value: escaped for XML, JSON, a URL, a shell or a language, and encoded as bytes.

Writers leave ASCII letters and digits as they are and escape the rest, each in its own way, and one writer's output is
another one's input. So a value is searched for as a regular expression with the spellings of each character, and not
as a list of finished forms.
"""

import base64
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from html.entities import codepoint2name

LONGEST_SPELLING = 64
"""Characters that one character of a value may take up, nested escapes included."""
SHORTEST_FRAGMENT = 8
"""Base64 characters: chance brings 48 given bits into a report of 100 MB once in two million reports."""
ENTITY_NAMES = {ord("'"): ["apos"]}
CONTROLS = {"\n": "n", "\t": "t", "\r": "r", "\b": "b", "\f": "f", "\v": "v", "\a": "a", "\0": "0", "\x1b": "e"}
PLAIN = re.compile("[0-9A-Za-z]+")


def core(value: str) -> str:
    """The longest run of ASCII letters and digits: every text that spells the value holds it."""
    return max(PLAIN.findall(value), key=len, default="")


def pattern(value: str) -> re.Pattern[str]:
    """Matches the value as any writer of text spells it, also in UTF-8 that is read as Latin-1."""
    return re.compile("".join(map(_character, value)))


def encodings(value: str) -> Iterator[str]:
    """Forms in which no character stands for itself: UTF-16, lists of characters, groups of four, pieces of base64.

    Bytes are given as Latin-1. A piece of base64 is what is the same whatever stands around the value.
    """
    yield value.encode("utf-16-le").decode("latin-1")
    yield value.encode("utf-16-be").decode("latin-1")
    characters = list(value)
    for ascii_only in (True, False):
        for separator in (", ", ","):
            yield json.dumps(characters, ensure_ascii=ascii_only, separators=(separator, ":"))[1:-1]
    yield repr(characters)[1:-1]
    if len(value) > 4:
        yield " ".join(value[i : i + 4] for i in range(0, len(value), 4))
    for raw in (value.encode(), value.encode("utf-16-le")):
        for offset in range(3):
            whole_groups = raw[(3 - offset) % 3 :]
            whole_groups = whole_groups[: len(whole_groups) // 3 * 3]
            for encode in (base64.b64encode, base64.urlsafe_b64encode):
                fragment = encode(whole_groups).decode()
                if len(fragment) >= SHORTEST_FRAGMENT:
                    yield fragment


@lru_cache(maxsize=1024)
def _character(character: str) -> str:
    if character.isascii() and character.isalnum():
        return character
    spelled = [*_as_it_is(character), *_percent(character), *_entities(character), *_backslashes(character)]
    # Longest first, so that a match takes in the whole of an escape.
    return f"(?:{'|'.join(sorted(dict.fromkeys(spelled), key=len, reverse=True))})"


def _as_it_is(character: str) -> Iterator[str]:
    yield re.escape(character)
    raw = character.encode()
    if len(raw) > 1:
        yield re.escape(raw.decode("latin-1"))
    if len(raw) == 4:  # Java's DataOutput writes the two surrogates, in three bytes each
        units = b"".join(chr(unit).encode("utf-8", "surrogatepass") for unit in _units(character))
        yield re.escape(units.decode("latin-1"))
    if character in "'\"":  # CSV and SQL double it; a shell ends the quotes, adds it and begins new ones
        yield character * 2
        yield r"'\\*\"'\\*\"'" if character == "'" else r"\"'\"'\""
        yield r"'\\+''"
    if character == " ":
        yield r"\+"
        yield "%s"  # for `input text`
    if character == "\\":
        yield r"\\+"


def _percent(character: str) -> Iterator[str]:
    """In URLs and forms; a URL in a URL is escaped twice."""
    yield "".join(f"%(?:25)*(?i:{byte:02x})" for byte in character.encode())
    if character == "%":
        yield "%+"  # of printf


def _entities(character: str) -> Iterator[str]:
    """In XML and HTML; Android's serializer gives surrogates a reference each."""
    code = ord(character)
    names = [*ENTITY_NAMES.get(code, []), *([codepoint2name[code]] if code in codepoint2name else [])]
    for name in names:
        yield f"&(?:amp;)*{name};"
    for units in {(code,), tuple(_units(character))}:
        yield "".join(f"&(?:amp;)*#(?:0*{unit}|[xX]0*(?i:{unit:x}));" for unit in units)


def _backslashes(character: str) -> Iterator[str]:
    """In JSON, Java, Python, C and a shell, however often one is put into the other."""
    units = _units(character)
    yield "".join(rf"\\+u(?i:{unit:04x})" for unit in units)
    yield rf"\\+U(?i:{ord(character):08x})"
    yield rf"\\+u\{{0*(?i:{ord(character):x})\}}"
    for raw in {character.encode(), bytes([ord(character)]) if ord(character) < 256 else character.encode()}:
        yield "".join(rf"\\+x(?i:{byte:02x})" for byte in raw)
        yield "".join(rf"\\+0?{byte:03o}" for byte in raw)
    if character in CONTROLS:
        yield rf"\\+{CONTROLS[character]}"
    elif not character.isalnum():
        yield rf"\\+{re.escape(character)}"


def _units(character: str) -> list[int]:
    raw = character.encode("utf-16-be", "surrogatepass")
    return [int.from_bytes(raw[i : i + 2]) for i in range(0, len(raw), 2)]
