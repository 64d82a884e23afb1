"""Many texts searched for at once, in a time that does not grow with how many they are."""

from collections.abc import Iterator

GRAM = 5
STRIDE = 4
SHORTEST_INDEXED = GRAM + STRIDE - 1


class Needles:
    """Finds any of a set of texts in another one.

    The ends of each needle are known by their last four runs of five characters. So a text has to be looked at in every
    fourth place only: one of the four runs begins in such a place, wherever the needle stands.
    """

    def __init__(self) -> None:
        self._runs: dict[str, list[tuple[str, int]]] = {}
        """By a run of characters: the needles that have it, and how far from their beginning."""
        self._short: list[str] = []
        self._known: set[str] = set()

    def add(self, needle: str) -> None:
        """Search for this one too."""
        if needle in self._known:
            return
        self._known.add(needle)
        if len(needle) < SHORTEST_INDEXED:
            self._short.append(needle)
            return
        for before_end in range(STRIDE):
            start = len(needle) - GRAM - before_end
            self._runs.setdefault(needle[start : start + GRAM], []).append((needle, start))

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """Where a needle begins, and which; overlapping ones too, in no order."""
        runs = self._runs
        for place in range(0, len(text) - GRAM + 1, STRIDE):
            for needle, start in runs.get(text[place : place + GRAM], ()):
                if place >= start and text.startswith(needle, place - start):
                    yield place - start, needle
        for needle in self._short:
            place = text.find(needle)
            while place >= 0:
                yield place, needle
                place = text.find(needle, place + 1)
