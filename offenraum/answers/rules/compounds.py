"""German compounds: Fahrzeugschein is Fahrzeug and Schein."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Final

from offenraum.answers.rules.words import stem_of

LINKS: Final = ("", "s", "es", "n", "en", "er", "e")
ENDINGS: Final = ("", "e", "en", "er", "es", "s", "n")
LEAST: Final = 3
LEAST_WHOLE: Final = 7
DEEPEST: Final = 3
LEAST_OF_REST: Final = 5
NO_PARTS: Final = frozenset({
    "ein", "aus", "auf", "ent", "ver", "zer", "ung", "keit", "heit", "lich", "isch", "schaft", "end", "ern", "sch",
    "lung", "tung", "nung", "rung", "ten", "ren", "gen", "der", "die", "das", "den", "dem", "sein", "sind", "eine",
    "lei", "bar", "los",
})
"""Endings and little words that stand as words somewhere and are no parts."""


class Compounds:
    """Takes words apart by what is known as a word: those of a collection of texts, and common parts."""

    def __init__(self, known: Collection[str]) -> None:
        self.known = known
        self.parts_of = lru_cache(maxsize=20_000)(self.whole_or_rest)

    def whole_or_rest(self, word: str) -> tuple[str, ...]:
        """The stems of the parts; where not all of them are known, of a known one and the rest."""
        return self.split(word) or self.rest(word)

    def split(self, word: str, deep: int = 0) -> tuple[str, ...]:
        """The fewest known parts; nothing where it has none."""
        if len(word) < LEAST_WHOLE or deep == DEEPEST:
            return ()
        best: tuple[str, ...] = ()
        for at in range(LEAST, len(word) - LEAST + 1):
            tail = self.tail_of(word[at:], deep)
            head = self.head_of(word[:at]) if tail else ""
            if head and (not best or len(tail) + 1 < len(best)):
                best = (head, *tail)
        return best

    def rest(self, word: str) -> tuple[str, ...]:
        """Kirchenaustritt is Kirche and something: the longest known beginning, else the longest known end."""
        if len(word) < LEAST_WHOLE + LEAST:
            return ()
        cuts = range(LEAST_OF_REST, len(word) - LEAST_OF_REST + 1)
        for at in reversed(cuts):
            if head := self.head_of(word[:at]):
                return (head, stem_of(word[at:], "de"))
        for at in cuts:
            if self.is_end(word[at:]):
                return (stem_of(word[:at], "de"), stem_of(word[at:], "de"))
        return ()

    def head_of(self, text: str) -> str:
        """The stem of a first part without what links it to the next."""
        return next((stem_of(bare, "de") for bare in without(text, LINKS) if self.is_part(bare)), "")

    def tail_of(self, text: str, deep: int) -> tuple[str, ...]:
        return (stem_of(text, "de"),) if self.is_end(text) else self.split(text, deep + 1)

    def is_end(self, text: str) -> bool:
        return any(self.is_part(bare) for bare in without(text, ENDINGS))

    def is_part(self, text: str) -> bool:
        """Whether it stands alone somewhere."""
        return text in self.known and len(text) >= LEAST and text not in NO_PARTS


def without(text: str, ends: tuple[str, ...]) -> Iterator[str]:
    """A text as it is, and without each end that it has."""
    return (text.removesuffix(end) for end in ends if text.endswith(end))
