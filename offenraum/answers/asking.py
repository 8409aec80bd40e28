"""What a question wants: its words, each with the ways in which passages may say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from offenraum.answers.index import ALL, Index, Steps
from offenraum.answers.rules.words import (
    everyday_words,
    forms_of,
    in_german,
    kinds_of_words,
    phrases_in,
    silent_words,
    stem_of,
    stems_of,
    with_particles,
    words_of,
    written_small,
)
from offenraum.answers.spelling import Spelt, as_typed, spelt

MOST_TYPED: Final = 60
MOST_WORDS: Final = 24
EVERYDAY: Final = 0.85
EDITED: Final = 0.98
KIND: Final = 0.5
PARTS: Final = 0.8

Way = tuple[tuple[str, float], ...]
Synonyms = Mapping[str, Sequence[str]]
"""Stem of a word to the words that mean the same here."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One word of a question and the ways to find it: terms with weights; the best way counts."""

    word: str
    ways: tuple[Way, ...]
    is_small: bool = False
    """Whether it is written as no noun is."""

    @property
    def is_known(self) -> bool:
        """Whether it is known as a whole, if only as one of a kind, and not by a part alone."""
        return any(sum(weight for _term, weight in way) >= KIND - 0.01 for way in self.ways)


def wanted_of(question: str, index: Index, *, synonyms: Synonyms, steps: Steps = ALL) -> list[Wanted]:
    """The telling words of a question with all their ways; numbers alone tell nothing, nor one that nobody knows."""
    reader = Reader(index, synonyms, steps)
    typed = words_of(question)[:MOST_TYPED]
    read = spelt(typed, index) if steps.repair else as_typed(typed)
    words = [one.word for one in read]
    verbs, small = with_particles(words), written_small(question)
    wanted = [
        Wanted(one.word, each_once(reader.ways_of(one, verbs)), is_small=one.typed in small)
        for one in read if one.word not in silent_words()
    ][:MOST_WORDS]
    if steps.everyday:
        wanted += [Wanted(phrase, ways, is_small=True) for phrase, ways in reader.phrases_in(words)]
    is_told = any(not one.word.isdigit() for one in wanted)
    return [one for one in wanted if is_told and (one.ways or not one.word.isdigit())]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the words of a question against an index."""

    index: Index
    synonyms: Synonyms
    steps: Steps

    def ways_of(self, read: Spelt, verbs: Sequence[str]) -> Iterator[Way]:
        """As it is or was meant; by its parts; as others say it; where it is not known whole, what is known of it."""
        words = {**dict(read.meant), read.typed: 1.0}
        forms = [(form, weight) for word, weight in words.items() for form in self.forms_of(word, verbs)]
        ways = [way for form, weight in forms for way in self.known_ways(form, weight=weight)]
        yield from ways or (way for form, _weight in forms for way in self.known_parts(form))

    def forms_of(self, word: str, verbs: Sequence[str]) -> list[str]:
        """A word in its other forms, and the verb that it is with a particle elsewhere in the question."""
        if not self.steps.stems:
            return [word]
        joined = (verb for verb in verbs if verb.endswith(word) and self.is_word(stem_of(verb, "de")))
        return [*forms_of(word), *joined]

    def is_word(self, stem: str) -> bool:
        return self.index.knows(stem) or stem in everyday_words()

    def known_ways(self, word: str, *, weight: float) -> Iterator[Way]:
        for stem in stems_of(word) if self.steps.stems else (word,):
            if self.index.knows(stem):
                yield ((stem, weight),)
        yield from self.by_parts(word, weight=weight)
        for said, share in self.meanings(word):
            if self.index.knows(stem := stem_of(said, "de") if self.steps.stems else said):
                yield ((stem, weight * share),)

    def by_parts(self, word: str, *, weight: float) -> Iterator[Way]:
        """A compound by its parts, and with one of them as others say it."""
        parts = self.index.parts_of(word) if self.steps.compounds else ()
        each = weight * PARTS / max(len(parts), 1)
        said = [[(term, each * share) for term, share in self.said_of_part(part)] for part in parts]
        if not parts or not all(said):
            return
        yield tuple(ways[0] for ways in said)
        for place, ways in enumerate(said):
            for other in ways[1:]:
                yield (*(first[0] for first in said[:place]), other, *(first[0] for first in said[place + 1 :]))

    def said_of_part(self, part: str) -> Iterator[tuple[str, float]]:
        """A part of a compound as it is, where it is known, and as others say it."""
        if self.index.knows(part):
            yield part, 1.0
        for said in everyday_words().get(part, ()) if self.steps.everyday else ():
            if self.index.knows(stem := stem_of(said, "de")):
                yield stem, EVERYDAY

    def known_parts(self, word: str) -> Iterator[Way]:
        """Of a compound that nobody knows whole, what is known."""
        parts = self.index.parts_of(word) if self.steps.compounds else ()
        if known := [part for part in parts if self.index.knows(part)]:
            yield tuple((part, PARTS / len(parts)) for part in known)

    def phrases_in(self, words: Sequence[str]) -> Iterator[tuple[str, tuple[Way, ...]]]:
        """The phrases in a question, each once, with the ways of all that it means."""
        told: dict[str, list[Way]] = {}
        for phrase, said in phrases_in(words):
            known = (stem for stem in (stem_of(one, "de") for one in said) if self.index.knows(stem))
            told.setdefault(phrase, []).extend(((stem, EVERYDAY),) for stem in known)
        yield from ((phrase, each_once(ways)) for phrase, ways in told.items() if ways)

    def meanings(self, word: str) -> Iterator[tuple[str, float]]:
        """How others say a word."""
        stem = stem_of(word, "de")
        yield from ((said, EDITED) for said in self.synonyms.get(stem, ()))
        if self.steps.everyday:
            yield from ((said, EVERYDAY) for said in (*everyday_words().get(stem, ()), *in_german(word)))
            yield from ((said, KIND) for said in kinds_of_words().get(stem, ()))


def each_once(ways: Iterable[Way]) -> tuple[Way, ...]:
    """The same ways, of those with the same terms the one that weighs most."""
    best: dict[tuple[str, ...], Way] = {}
    for way in ways:
        terms = tuple(term for term, _weight in way)
        best[terms] = max(best.get(terms, way), way)
    return tuple(best.values())
