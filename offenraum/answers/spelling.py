"""What the words of a question may have been meant as, where nobody knows them as they were typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from offenraum.answers.index import Index
from offenraum.answers.rules.typos import BEGINNINGS, slips
from offenraum.answers.rules.words import (
    everyday_words,
    forms_of,
    in_german,
    is_listed,
    kinds_of_words,
    known_words,
    phrases,
    respelt,
    silent_words,
    stem_of,
    stems_of,
)

REPAIRED: Final = 0.9
"""What a word weighs that is one letter wrong."""

LEAST_PRICE: Final = 0.3
RESPELT: Final = 0.2
NEARLY: Final = 0.3
"""So much more may others cost than the nearest, to be meant as well."""

LEAST: Final = 3
REACH: Final = ((3, 0.5, 1), (4, 0.8, 1), (5, 1.0, 2), (7, 1.4, 3), (8, 1.7, 3), (11, 2.2, 4))
"""From a length on, what all slips may cost, and how many letters may be wrong."""

ANY_PRICE: Final = 9.0
IN_A_PART: Final = 1.0
"""What slips may cost in a word whose parts are known, or in one of two that were typed as one."""

OPPOSITES: Final = frozenset({"ab", "an", "um", "be", "er"})
MOST_LOOKED_AT: Final = 8
MOST_REPAIRS: Final = 3
LEAST_JOINED: Final = 6
LEAST_HALF: Final = 4
LEAST_WRONG: Final = 6
LONG_STEM: Final = 5
ENDS: Final = ("n", "en", "e", "s", "es", "er", "em")

Meant = tuple[tuple[str, float], ...]
"""Words with weights, the most probable first."""


@dataclass(frozen=True, slots=True)
class Spelt:
    """A word as it was typed, and what it may have been meant as."""

    typed: str
    meant: Meant

    @property
    def word(self) -> str:
        return self.meant[0][0]


def spelt(words: Sequence[str], index: Index) -> list[Spelt]:
    """The words of a question, spelt right, each once."""
    return each_once(one for word in joined(words, index) for one in read(word, index))


def as_typed(words: Sequence[str]) -> list[Spelt]:
    return each_once(Spelt(word, ((word, 1.0),)) for word in words)


def each_once(read: Iterator[Spelt]) -> list[Spelt]:
    once: dict[str, Spelt] = {}
    for one in read:
        once.setdefault(one.word, one)
    return list(once.values())


def joined(words: Sequence[str], index: Index) -> Iterator[str]:
    """Neighbours that are one word, as a phone takes them apart: “Führer Schein”."""
    left = list(words)
    while left:
        word = left.pop(0)
        whole = f"{word}{left[0]}" if left else ""
        if len(whole) >= LEAST_JOINED and is_written(whole, index) and not are_phrase(word, left[0]):
            left.pop(0)
            word = whole
        yield word


def are_phrase(one: str, other: str) -> bool:
    """Whether two words say more together, as they are."""
    stems = {stem_of(word, "de") for word in (one, other)}
    return any(stems.issubset(phrase.stems) for stem in stems for phrase in phrases().get(stem, ()))


def is_written(word: str, index: Index) -> bool:
    """Whether it stands somewhere just so."""
    return is_listed(word) or index.has(word)


def read(word: str, index: Index) -> list[Spelt]:
    """A word that somebody knows is right; a compound of known parts may be; any other is repaired or taken apart."""
    typed: Meant = ((word, 1.0),)
    if word.isdigit() or len(word) < LEAST or is_right(word, index):
        return [Spelt(word, typed)]
    if base := bare(word, index):
        others = (meant for meant in repaired(word, index, nearly=IN_A_PART) if meant[0] != base)
        return [Spelt(word, ((base, REPAIRED**LEAST_PRICE), *others))]
    if index.is_compound(word):
        return [Spelt(word, (*typed, *repaired(word, index, most=IN_A_PART)))]
    if meant := repaired(word, index):
        return [Spelt(word, meant)]
    return [Spelt(word, meant) for meant in halves(word, index) or [typed]]


def is_right(word: str, index: Index) -> bool:
    """Whether somebody knows a word in one of its forms; a short stem says little (faren is no fare)."""
    if is_written(word, index) or in_german(word):
        return True
    own = ((word, stem) for stem in stems_of(word) if len(stem) >= max(LEAST, len(word) - 1))
    long = ((form, stem) for form in forms_of(word) for stem in stems_of(form) if len(stem) >= LONG_STEM)
    listed = (everyday_words(), kinds_of_words())
    return any(any(stem in some for some in listed) or index.bends(form, stem) for form, stem in chain(own, long))


def bare(word: str, index: Index) -> str:
    """A known word without its ending; one letter twice is rather a slip (ausweiss)."""
    bent = [end for end in ENDS if len(word) > LONG_STEM and word.endswith(end) and not word.endswith(end[0] * 2)]
    return next((base for end in bent if is_written(base := word.removesuffix(end), index)), "")


def repaired(word: str, index: Index, *, most: float = ANY_PRICE, nearly: float = NEARLY) -> Meant:
    """The known words that are nearest."""
    reach, letters = next((price, letters) for least, price, letters in reversed(REACH) if len(word) >= least)
    prices: dict[str, float] = {}
    for form, extra in {respelt(word): RESPELT, word: 0.0}.items():
        for near in nearest(form, index, letters):
            if not are_opposite(word, near):
                prices[near] = min(prices.get(near, ANY_PRICE), slips(form, near) + extra)
    fit = sorted((price, near) for near, price in prices.items() if price <= min(reach, most))
    return tuple(
        (near, REPAIRED ** max(price, LEAST_PRICE)) for price, near in fit if price <= fit[0][0] + nearly
    )[:MOST_REPAIRS]


def are_opposite(word: str, near: str) -> bool:
    """Whether only what comes before a verb is another: Abmeldung is no slip for Anmeldung."""
    begins = {word[:2], near[:2]}
    return word[2:] == near[2:] and len(begins) == 2 and begins <= OPPOSITES


def nearest(word: str, index: Index, letters: int) -> set[str]:
    """Known words that are at most so many letters away and begin alike."""
    firsts = {word[0], word[1], *BEGINNINGS.get(word[0], "")}
    return {
        near
        for words in (known_words(), *(segment.vocabulary for segment in index.segments))
        for first in firsts
        for near, _distance, _place in process.extract(
            word, words.get(first, ()), scorer=OSA.distance, score_cutoff=letters, limit=MOST_LOOKED_AT
        )
    }


def halves(word: str, index: Index) -> list[Meant]:
    """Two words that were typed without the space between them, or a compound with a slip in one of its parts.

    Nothing where both are right and none is silent: such a compound is found by its parts.
    """
    both = [(word[:at], word[at:]) for at in range(2, len(word) - 1)]
    right = [tuple(is_half(half, index) for half in pair) for pair in both]
    if any(all(known) and silent_words().isdisjoint(pair) for pair, known in zip(both, right, strict=True)):
        return []
    cuts = (meant_by_halves(pair, known, index) for pair, known in zip(both, right, strict=True) if any(known))
    return max((cut for cut in cuts if all(cut)), key=evenly, default=[])


def meant_by_halves(both: Sequence[str], right: Sequence[bool], index: Index) -> list[Meant]:
    return [
        ((half, 1.0),) if is_known else repaired(half, index, most=IN_A_PART) if len(half) >= LEAST_WRONG else ()
        for half, is_known in zip(both, right, strict=True)
    ]


def is_half(word: str, index: Index) -> bool:
    return word in silent_words() or (len(word) >= LEAST_HALF and is_written(word, index))


def evenly(cut: Sequence[Meant]) -> float:
    """The better, the less was wrong and the more even the halves are."""
    return sum(meant[0][1] for meant in cut) + min(len(meant[0][0]) for meant in cut) / 100
