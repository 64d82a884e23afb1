"""Values that chance or language brings into any text, and where such a value counts as itself.

`admin`, `1234` or a PIN can't be told from other text wherever they stand. They count as the whole value of a field
whose name is that of a login's data, and nowhere else.
"""

import re
from itertools import pairwise

MIXED = 8
"""Characters from which letters with digits are no accident."""
NUMBER = 8
"""The same for digits only."""
PHRASE = 16
"""And for letters only, which may be a word, or several as programs join them."""
WITH_SIGNS = 6
"""And with signs among them."""
JOINTS = frozenset(" -_.")
"""Signs that join words."""

NAMES = frozenset(
    {
        *("user", "username", "userid", "login", "identifier", "identity", "account", "member", "customer"),
        *("email", "mail", "phone", "mobile", "msisdn", "nik", "card"),
        *("password", "passwd", "pass", "pwd", "passphrase", "sandi", "pin", "otp", "secret", "credential"),
    }
)
WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
LEFT = 400
RIGHT = 12
"""Characters around a value that are looked at."""

_QUOTE = r"(?:\\*[\"'`]|&(?:amp;)*(?:quot|apos|#0*3[49]|#[xX]0*2[27]);|%(?:25)*2[27]|\\+u002[27]|\\+x2[27]|\\+0?4[27])"
_EQUALS = r"(?:=|%(?:25)*3[dD]|\\+u003[dD]|&(?:amp;)*#0*61;)"
_LESS = r"(?:<|&(?:amp;)*lt;|\\+u003[cC]|%(?:25)*3[cC])"
_MORE = r"(?:>|&(?:amp;)*gt;|\\+u003[eE]|%(?:25)*3[eE])"
_KEY = r"(?P<key>[A-Za-z][\w.$-]*)"
_QUOTED = re.compile(rf"{_KEY}{_QUOTE}?\s*(?::|=>|{_EQUALS}|%(?:25)*3[aA])\s*{_QUOTE}$")
_BARE = re.compile(rf"{_KEY}{_EQUALS}$")
_LINE = re.compile(rf"(?:^|\n)\s*{_KEY}:[ \t]+$")
_ELEMENT = re.compile(rf"{_LESS}(?:[\w:]+\s+name={_QUOTE})?{_KEY}{_QUOTE}?\s*{_MORE}$")
_TYPED = re.compile(rf"EditText\b[^<>]*\stext={_QUOTE}$")
"""A field in the tree of a screen."""
_ENDS_QUOTED = re.compile(_QUOTE)
_ENDS_BARE = re.compile(r"[&;,\s)\]}<\"'\\%]|$")
_ENDS_LINE = re.compile(r"[ \t]*(?:\r?\n|$)")
_ENDS_ELEMENT = re.compile(_LESS)


def is_weak(value: str) -> bool:
    """Whether a text may hold the value without meaning it."""
    if value.isdigit():
        return len(value) < NUMBER
    joined = "".join(character for character in value if character not in JOINTS)
    if joined.isalpha():
        return len(value) < PHRASE
    if joined.isalnum():
        return len(joined) < MIXED
    return len(value) < WITH_SIGNS


def fills_a_field(text: str, start: int, end: int) -> bool:
    """Whether what stands there is the whole value of a field that holds a login's data."""
    before, after = text[max(0, start - LEFT) : start], text[end : end + RIGHT]
    for begins, ends in (
        (_QUOTED, _ENDS_QUOTED),
        (_BARE, _ENDS_BARE),
        (_LINE, _ENDS_LINE),
        (_ELEMENT, _ENDS_ELEMENT),
    ):
        found = begins.search(before)
        if found and ends.match(after) and _names_login_data(found["key"]):
            return True
    return bool(_TYPED.search(before) and _ENDS_QUOTED.match(after))


def _names_login_data(key: str) -> bool:
    words = [word.lower() for word in WORDS.findall(key)]
    pairs = {first + second for first, second in pairwise(words)}
    return not NAMES.isdisjoint({*words, *(word.removesuffix("s") for word in words), *pairs})
