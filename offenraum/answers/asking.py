"""What a question wants: its words, each with the ways in which passages may say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from offenraum.answers.index import ALL, LEAST_WORD, Index, Steps
from offenraum.answers.rules.words import (
    english_words,
    everyday_words,
    infinitive_of,
    respelt,
    stem_of,
    stems_of,
    telling,
    with_particles,
    words_of,
)

MOST_WORDS: Final = 24
EVERYDAY: Final = 0.85
EDITED: Final = 0.95
PARTS: Final = 0.8
REPAIRED: Final = 0.85
MOST_REPAIRS: Final = 3
LONGER: Final = (8, 13)
"""One letter may be wrong; in words of these lengths one more each."""

Way = tuple[tuple[str, float], ...]
Synonyms = Mapping[str, Sequence[str]]
"""Stem of a word to the words that mean the same here."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One word of a question and the ways to find it: terms with weights; the best way counts."""

    word: str
    ways: tuple[Way, ...]

    @property
    def is_known(self) -> bool:
        """Whether it is known as a whole, not only as a part of a word."""
        return any(sum(weight for _term, weight in way) >= PARTS - 0.01 for way in self.ways)


def wanted_of(question: str, index: Index, *, synonyms: Synonyms, steps: Steps = ALL) -> list[Wanted]:
    """The telling words of a question with all their ways; numbers alone tell nothing, nor one that nobody knows."""
    reader = Reader(index, synonyms, steps)
    verbs = with_particles(words_of(question))
    wanted = [Wanted(word, tuple(reader.ways_of(word, verbs))) for word in telling(question)[:MOST_WORDS]]
    is_told = any(not one.word.isdigit() for one in wanted)
    return [one for one in wanted if is_told and (one.ways or not one.word.isdigit())]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the words of a question against an index."""

    index: Index
    synonyms: Synonyms
    steps: Steps

    def ways_of(self, word: str, verbs: Sequence[str]) -> Iterator[Way]:
        """As it is; by its parts; as others say it; where nothing of this is known, as it may have been meant."""
        forms = self.forms_of(word, verbs)
        ways = [way for form in forms for way in self.known_ways(form, weight=1.0)]
        if not ways and self.steps.repair:
            meant = repaired(word, self.index)
            ways = [way for near, weight in meant for way in self.known_ways(near, weight=weight)]
        yield from ways or (way for form in forms for way in self.known_parts(form))

    def forms_of(self, word: str, verbs: Sequence[str]) -> list[str]:
        """A word, the verb of a participle, and the verb that it is with a particle elsewhere in the question."""
        joined = [verb for verb in verbs if verb.endswith(word)] if self.steps.stems else []
        forms = [word, infinitive_of(word), *joined] if self.steps.stems else [word]
        return list(dict.fromkeys(forms))

    def known_ways(self, word: str, *, weight: float) -> Iterator[Way]:
        for stem in stems_of(word) if self.steps.stems else (word,):
            if self.index.knows(stem):
                yield ((stem, weight),)
        parts = self.index.parts_of(word) if self.steps.compounds else ()
        if parts and all(map(self.index.knows, parts)):
            yield tuple((part, weight * PARTS / len(parts)) for part in parts)
        for said, share in self.meanings(word, parts):
            if self.index.knows(stem := stem_of(said, "de") if self.steps.stems else said):
                yield ((stem, weight * share),)

    def known_parts(self, word: str) -> Iterator[Way]:
        """Of a compound that nobody knows whole, what is known."""
        parts = self.index.parts_of(word) if self.steps.compounds else ()
        if known := [part for part in parts if self.index.knows(part)]:
            yield tuple((part, PARTS / len(parts)) for part in known)

    def meanings(self, word: str, parts: Sequence[str]) -> Iterator[tuple[str, float]]:
        """How others say a word, or a part of it."""
        stem = stem_of(word, "de")
        yield from ((said, EDITED) for said in self.synonyms.get(stem, ()))
        if self.steps.everyday:
            yield from ((said, EVERYDAY) for said in everyday_words().get(stem, ()))
            yield from ((said, EVERYDAY) for said in english_words().get(word, english_words().get(word[:-1], ())))
            for part in parts:
                yield from ((said, EVERYDAY * PARTS) for said in everyday_words().get(part, ()))


def repaired(word: str, index: Index) -> list[tuple[str, float]]:
    """The nearest known words, by letters left out, added, changed or exchanged (optimal string alignment)."""
    if len(word) < LEAST_WORD or word.isdigit():
        return []
    most = 1 + sum(len(word) >= length for length in LONGER)
    found = [near for form in {word, respelt(word)} for near in nearest(form, index, most)]
    least = min((distance for _word, distance in found), default=0)
    return [(near, REPAIRED ** max(distance, 1)) for near, distance in found if distance <= least]


def nearest(word: str, index: Index, most: int) -> list[tuple[str, int]]:
    """Known words and how many letters they are away."""
    found = [
        (near, int(distance))
        for segment in index.segments
        for near, distance, _place in process.extract(
            word, segment.vocabulary, scorer=OSA.distance, score_cutoff=most, limit=MOST_REPAIRS
        )
    ]
    return sorted(found, key=lambda one: one[1])[:MOST_REPAIRS]
