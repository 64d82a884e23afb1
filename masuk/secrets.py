"""What must not leave: values that print masked, the vault that knows them all, and the search for them."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

from masuk.errors import SecretLeaked
from masuk.needles import Needles

SHORTEST = 6


class Secret:
    """A text that shows only its label; `reveal()` gives the text to whoever must type or compare it."""

    def __init__(self, value: str, label: str) -> None:
        if len(value) < SHORTEST:
            raise ValueError(f"the {label} has fewer than {SHORTEST} characters: too short to be told from other text")
        self._value = value
        self.label = label

    def reveal(self) -> str:
        """The text itself."""
        return self._value

    def __repr__(self) -> str:
        return f"<{self.label}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)


class Vault:
    """Every secret of a run. Masks text that is to be kept, and finds what was not masked."""

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}
        self._needles = Needles()
        self._meant: dict[str, str] = {}
        """The secret that a form of it stands for."""

    def add(self, secret: Secret) -> Secret:
        """Remember a secret and return it."""
        value = secret.reveal()
        if value not in self._secrets:
            for form in dict.fromkeys(_forms(value)):
                self._needles.add(form)
                self._meant.setdefault(form, value)
        self._secrets[value] = secret.label
        return secret

    def pairs(self) -> list[tuple[str, str]]:
        """Every secret in clear with its label, for another process of the same run."""
        return list(self._secrets.items())

    def mask(self, text: str) -> str:
        """The text with every secret, in any of its usual encodings, replaced by its label."""
        masked: list[tuple[int, int, str]] = []
        # Longest first, so that a secret which contains another one is masked whole.
        for start, needle in sorted(self._needles.find(text), key=lambda found: -len(found[1])):
            end = start + len(needle)
            if all(end <= begun or ended <= start for begun, ended, _ in masked):
                masked.append((start, end, self._label(needle)))
        for start, end, label in sorted(masked, reverse=True):
            text = f"{text[:start]}<{label}>{text[end:]}"
        return text

    def found_in(self, text: str) -> list[str]:
        """The labels of the secrets that stand in a text, in any of their usual encodings."""
        return sorted({self._label(needle) for _, needle in self._needles.find(text)})

    def mask_error(self, error: BaseException) -> None:
        """Mask the texts of an error and of those that caused it, in place: what a screen showed may hold a number."""
        seen: set[int] = set()
        current: BaseException | None = error
        while current is not None and id(current) not in seen:
            seen.add(id(current))
            current.args = tuple(self.mask(part) if isinstance(part, str) else part for part in current.args)
            current = current.__cause__ or current.__context__

    def search(self, folder: Path) -> dict[Path, set[str]]:
        """The files below `folder` that hold a secret, in their bytes or their names, with the labels found."""
        hits: dict[Path, set[str]] = {}
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            found = {*self.found_in(path.read_bytes().decode("latin-1")), *self.found_in(str(path.relative_to(folder)))}
            if found:
                hits[path] = found
        return hits

    def demand_clean(self, folder: Path) -> None:
        """Raise SecretLeaked when `folder` holds a secret of this run."""
        hits = self.search(folder)
        if hits:
            places = "; ".join(f"{path}: {', '.join(sorted(labels))}" for path, labels in hits.items())
            raise SecretLeaked(
                f"Artefacts hold secrets of this run: {places}. Do not share {folder}. "
                "Whatever wrote them must go through Vault.mask."
            )

    def _label(self, needle: str) -> str:
        return self._secrets[self._meant[needle]]


def _forms(value: str) -> Iterator[str]:
    """How a value is written in files: plain, in JSON, in URLs, grouped by four, and inside base64 at any offset.

    Files are read as Latin-1, whatever they hold, so beyond ASCII a text of theirs looks as its bytes do.
    """
    yield value
    yield value.encode().decode("latin-1")
    yield json.dumps(value)[1:-1]
    yield quote(value, safe="")
    yield quote_plus(value)
    yield " ".join(value[i : i + 4] for i in range(0, len(value), 4))
    raw = value.encode()
    for offset in range(3):
        whole_groups = raw[(3 - offset) % 3 :]
        whole_groups = whole_groups[: len(whole_groups) // 3 * 3]
        yield base64.b64encode(whole_groups).decode()
