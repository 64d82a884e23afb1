"""What must not leave: values that print masked, the vault that knows them all, and the search for them.

A strong value counts wherever it stands, in any spelling and encoding. A weak one, such as `admin` or `1234`, counts
only as the whole value of a field that holds a login's data: see `masuk.secrets.weak_values`.

`Vault.mask` is applied by `masuk.plugin.masking` (terminal, tracebacks, Allure's results), by
`masuk.results.allure_bridge.Evidence` (attachments) and by `masuk.base.processes.Child` (logs of processes).
"""

import binascii
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from masuk.base.errors import SecretLeaked
from masuk.secrets import weak_values
from masuk.secrets.encoded_forms import LONGEST_SPELLING, core, encodings, pattern
from masuk.secrets.multi_search import Needles

SHORTEST_CORE = 3
"""Characters by which a value is looked for before its spelling is compared."""
DEPTH = 2
"""How often what stands in base64 may hold base64 itself."""
_BASE64 = "[A-Za-z0-9+/_-]"
TOKEN = re.compile(rf"(?:{_BASE64}{{60,76}}\r?\n)+{_BASE64}{{2,}}={{0,2}}|{_BASE64}{{8,}}={{0,2}}")
SEPARATOR = "\n"
"""Between texts that are searched together: no character of a secret, so that none is found across two."""
PICTURE = "\x89PNG"
"""Base64 of pictures is passed over: their bytes are compressed, and secrets in them were blackened."""
PNG = b"\x89PNG\r\n\x1a\n"
PIXELS = {b"IDAT", b"fdAT"}
"""The chunks of a picture, and of a film, that hold pixels."""
BUILD = ".apk"
"""Files that a run copies and does not write."""
_TO_STANDARD = str.maketrans("-_", "+/")
_AFTER_A_DIGIT = r"(?:(?<![0-9])|(?<=%[0-9a-fA-F]{2})|(?<=\\u[0-9a-fA-F]{4})|(?<=\\x[0-9a-fA-F]{2}))"
LONG_NUMBER = 12
"""Digits from which a number inside of a longer one is no accident."""


class Secret:
    """A text that shows only its label; `reveal()` gives the text to whoever must type or compare it.

    Raises ValueError for an empty text.
    """

    def __init__(self, value: str, label: str) -> None:
        if not value:
            raise ValueError(f"the {label} is empty")
        self._value = value
        self.label = label

    def reveal(self) -> str:
        """The text itself."""
        return self._value

    def labelled(self, label: str) -> "Secret":
        """The same text under another label."""
        return Secret(self._value, label)

    def __repr__(self) -> str:
        return f"<{self.label}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)


@dataclass(frozen=True)
class _Span:
    """A place in a text that holds a secret."""

    start: int
    end: int
    value: str


class _Sought:
    """A secret as it is searched for."""

    def __init__(self, value: str) -> None:
        self.value = value
        self.weak = weak_values.is_weak(value)
        self.core = core(value)
        self.spelled = pattern(value)
        if value.isdigit() and not self.weak and len(value) < LONG_NUMBER:
            self.spelled = re.compile(f"{_AFTER_A_DIGIT}{value}(?![0-9])")
        self._reach = LONGEST_SPELLING * len(value)

    def spans(self, text: str, place: int | None, offset: int) -> Iterator[_Span]:
        """Where it is spelled: around its core at `place`, or anywhere. `offset` is added to each place."""
        first, last = (0, len(text)) if place is None else (max(0, place - self._reach), place + self._reach)
        for found in self.spelled.finditer(text, first, last):
            around = place is None or found.start() <= place < found.end()
            if around and (not self.weak or weak_values.fills_a_field(text, *found.span())):
                yield _Span(offset + found.start(), offset + found.end(), self.value)


class Vault:
    """Every secret of a run. Masks text that is to be kept, and finds what was not masked."""

    def __init__(self) -> None:
        self._labels: dict[str, str] = {}
        self._needles = Needles()
        self._encoded: dict[str, str] = {}
        """The value that an encoded form stands for."""
        self._by_core: dict[str, list[_Sought]] = {}
        self._without_core: list[_Sought] = []
        self._weak: set[str] = set()

    def add(self, secret: Secret) -> Secret:
        """Remember a secret and return it."""
        value = secret.reveal()
        if value not in self._labels:
            self._seek(value)
        self._labels[value] = secret.label
        return secret

    def pairs(self) -> list[tuple[str, str]]:
        """Every secret in clear with its label, for another process of the same run."""
        return list(self._labels.items())

    def mask(self, text: str) -> str:
        """The text with every secret, however it is spelled or encoded, replaced by its label."""
        if (whole := text.strip()) in self._weak:
            return text.replace(whole, f"<{self._labels[whole]}>")
        masked: list[_Span] = []
        # Longest first, so that a secret which contains another one is masked whole.
        for span in sorted(self._spans(text), key=lambda span: span.start - span.end):
            if all(span.end <= other.start or other.end <= span.start for other in masked):
                masked.append(span)
        for span in sorted(masked, key=lambda span: span.start, reverse=True):
            text = f"{text[: span.start]}<{self._labels[span.value]}>{text[span.end :]}"
        return text

    def found_in(self, text: str) -> list[str]:
        """The labels of the secrets that stand in a text, however they are spelled or encoded."""
        return sorted({self._labels[span.value] for span in self._spans(text)})

    def search(self, *places: Path, since: float = 0) -> dict[Path, set[str]]:
        """The files that hold a secret, in their bytes or their names, with the labels found.

        `places` are files, and folders with all that is below them; one that does not exist holds nothing. Files that
        were last changed before `since`, in seconds of `time.time()`, are left out.
        """
        hits: dict[Path, set[str]] = {}
        for path, name in _files(places):
            if path.stat().st_ctime < since:  # which nobody can set, unlike the time of modification
                continue
            raw = _without_pixels(path.read_bytes())
            # Forms beyond ASCII are known as their UTF-8 bytes look in Latin-1.
            texts = [raw.decode("latin-1"), name]
            if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
                texts.append(raw.decode("utf-16", errors="replace"))
            if found := {label for text in texts for label in self.found_in(text)}:
                hits[path] = found
        return hits

    def demand_clean(self, *places: Path, since: float = 0) -> None:
        """Raise SecretLeaked when files or folders hold a secret of this run; `since` is as for `search`."""
        hits = self.search(*places, since=since)
        if hits:
            found = "; ".join(self.mask(f"{path}: {', '.join(sorted(labels))}") for path, labels in hits.items())
            raise SecretLeaked(
                f"Files of this run hold its secrets: {found}. Share none of them, and delete them after a look. "
                "Whatever wrote them must pass its text through Vault.mask."
            )

    def _seek(self, value: str) -> None:
        sought = _Sought(value)
        if sought.weak:
            self._weak.add(value)
        if len(sought.core) >= min(SHORTEST_CORE, len(value)):
            self._needles.add(sought.core)
            self._by_core.setdefault(sought.core, []).append(sought)
        else:
            self._without_core.append(sought)
        if not sought.weak:
            for form in encodings(value):
                self._needles.add(form)
                self._encoded.setdefault(form, value)

    def _spans(self, text: str, depth: int = DEPTH) -> Iterator[_Span]:
        if not self._labels:
            return
        known: dict[str, str | None] = {}
        tokens = []
        for token in TOKEN.finditer(text):
            packed = token[0]
            if packed not in known:
                known[packed] = _decoded(packed)
            if inside := known[packed]:
                tokens.append((token.span(), inside))
        begun = 0
        for (start, end), inside in tokens:
            if inside.startswith(PICTURE):
                yield from self._in_clear(text[begun:start], begun)
                begun = end
        yield from self._in_clear(text[begun:], begun)
        if depth:
            yield from self._packed([token for token in tokens if not token[1].startswith(PICTURE)], depth - 1)

    def _in_clear(self, text: str, offset: int) -> Iterator[_Span]:
        """What is spelled or encoded in a part of a text, by its place in the whole."""
        for place, needle in self._needles.find(text):
            if needle in self._encoded:
                yield _Span(offset + place, offset + place + len(needle), self._encoded[needle])
            for sought in self._by_core.get(needle, ()):
                yield from sought.spans(text, place, offset)
        for sought in self._without_core:
            yield from sought.spans(text, None, offset)

    def _packed(self, tokens: list[tuple[tuple[int, int], str]], depth: int) -> Iterator[_Span]:
        """Base64 that holds a secret. All of it is searched in one go first, since hardly any does."""
        for span, inside in tokens if self._weak else ():
            for value in self._weak.intersection([inside, *inside.split(":", 1)]):  # HTTP's basic authentication
                yield _Span(*span, value)
        different = dict.fromkeys(inside for _, inside in tokens)  # logs say the same again and again
        if not any(self._spans(SEPARATOR.join(different), depth)):
            return
        for span, inside in tokens:
            for found in self._spans(inside, depth):
                yield _Span(*span, found.value)


def _decoded(token: str) -> str | None:
    """What a text of base64 stands for, byte by byte; None for a word that only has such letters."""
    if token.islower() or token.isdigit() or token.isupper():
        return None
    packed = "".join(token.split()).rstrip("=").translate(_TO_STANDARD)
    try:
        return binascii.a2b_base64(packed + "=" * (-len(packed) % 4)).decode("latin-1")
    except binascii.Error:
        return None


def _without_pixels(raw: bytes) -> bytes:
    """The bytes of a file; of a PNG picture all but its compressed pixels, which hold no text."""
    if not raw.startswith(PNG):
        return raw
    kept, place = [PNG], len(PNG)
    while (kind := raw[place + 4 : place + 8]) and len(kind) == 4:
        end = place + 12 + int.from_bytes(raw[place : place + 4])
        if kind not in PIXELS:
            kept.append(raw[place:end])
        place = end
    return b"".join([*kept, raw[place:]])


def _files(places: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Each file with its name below the place that was named."""
    for place in places:
        if place.is_file():
            yield place, place.name
        for path in sorted(place.rglob("*")) if place.is_dir() else ():
            if path.is_file() and not path.is_symlink() and path.suffix != BUILD:
                yield path, str(path.relative_to(place))
