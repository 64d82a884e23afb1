"""The search finds what a slow and simple one finds."""

import random

import pytest

from masuk.secrets.multi_search import SHORTEST_INDEXED, Needles

ALPHABETS = {"digits": "01", "letters": "abcdefgh", "any": "aé0 \n<>"}


def slow(needles: list[str], text: str) -> set[tuple[int, str]]:
    return {
        (place, needle)
        for needle in needles
        for place in range(len(text) - len(needle) + 1)
        if text[place : place + len(needle)] == needle
    }


@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_it_finds_everything_everywhere_once(alphabet: str) -> None:
    chance = random.Random(alphabet)
    letters = ALPHABETS[alphabet]
    found_some = 0
    for _ in range(300):
        needles = ["".join(chance.choices(letters, k=chance.randint(4, 14))) for _ in range(chance.randint(1, 12))]
        parts = [chance.choice(needles) if chance.random() < 0.4 else chance.choice(letters) for _ in range(30)]
        text = "".join(parts)[: chance.randint(0, 80)]
        search = Needles()
        for needle in [*needles, *needles]:
            search.add(needle)
        found = list(search.find(text))
        assert len(found) == len(set(found))
        assert set(found) == slow(needles, text)
        found_some += bool(found)
    assert found_some > 100


@pytest.mark.parametrize("length", range(1, 2 * SHORTEST_INDEXED))
@pytest.mark.parametrize("before", range(5))
def test_a_needle_of_any_length_is_found_in_any_place(length: int, before: int) -> None:
    needle = "".join(chr(ord("a") + number) for number in range(length))
    search = Needles()
    search.add(needle)
    assert list(search.find("-" * before + needle)) == [(before, needle)]
    assert list(search.find("-" * before + needle[:-1])) == []
