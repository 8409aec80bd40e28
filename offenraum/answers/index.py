"""A small index in memory: BM25 over stems, compounds, repaired typos, everyday words and pieces of words.

BM25 as in Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), with weighted fields in one count.
Parts of an index are built apart, so that what seldom changes is not read again; a search sees them as one.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from time import sleep
from typing import Final

from offenraum.answers.rules.compounds import Compounds
from offenraum.answers.rules.words import (
    by_first_letter,
    common_parts,
    everyday_parts,
    grams_of,
    stem_of,
    telling,
    words_of,
)

TITLE: Final = 3.0
KEYWORDS: Final = 3.0
TEXT: Final = 1.0
PART: Final = 0.35
K1: Final = 1.2
B: Final = 0.5
LEAST_WORD: Final = 4
OTHERS: Final = 100
"""As if there were so many passages more, of other things: else in a small collection no word would be rare."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Which steps are taken; all of them, except where they are measured one by one."""

    stems: bool = True
    compounds: bool = True
    repair: bool = True
    grams: bool = True
    everyday: bool = True
    keywords: bool = True


ALL: Final = Steps()


@dataclass(frozen=True, slots=True)
class Passage:
    """What can be found: an entry of a kind in one language. `key` is what the caller knows it by."""

    key: str
    kind: str
    language: str
    title: str
    text: str = ""
    keywords: str = ""


@dataclass(frozen=True, slots=True)
class Posting:
    """In which passages a term is, and how much of it."""

    places: array[int] = field(default_factory=lambda: array("I"))
    counts: array[float] = field(default_factory=lambda: array("f"))


@dataclass(frozen=True, slots=True)
class Named:
    """A word of a title: as it is, its stem, and the stems of its parts."""

    word: str
    stem: str
    parts: tuple[str, ...]


class Segment:
    """The index of some passages; with a pause after each, others of the process come in between."""

    def __init__(self, passages: Iterable[Passage], *, steps: Steps = ALL, pause_seconds: float = 0.0) -> None:
        self.steps, self.pause_seconds = steps, pause_seconds
        read = list(passages)
        self.keys = [passage.key for passage in read]
        self.kinds = [passage.kind for passage in read]
        self.titles: list[tuple[Named, ...]] = []
        """For each passage the telling words of its title."""
        self.seen: set[str] = set()
        self.postings: dict[str, Posting] = defaultdict(Posting)
        self.grams: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self.compounds = Compounds(self.words_in(read) if steps.compounds else frozenset())
        sizes = [self.add(place, passage) for place, passage in enumerate(self.paced(read))]
        mean = sum(sizes) / len(sizes) if sizes else 1.0
        self.vocabulary = by_first_letter(self.seen)
        """Every word that is long enough to be repaired to, by its first letter: that one is seldom mistyped."""
        self.norms = array("f", (K1 * (1 - B + B * size / mean) for size in sizes))
        self.postings.default_factory = self.grams.default_factory = None
        self.seen.clear()

    def has(self, word: str) -> bool:
        """Whether a word is in a text as it is."""
        return word in self.vocabulary.get(word[:1], ())

    def bends(self, word: str, stem: str) -> bool:
        """Whether a word of a text has this stem and begins like this word, which is more than the stem."""
        begins = word[: len(stem)]
        return (
            begins != word and stem in self.postings
            and any(one.startswith(begins) for one in self.vocabulary.get(word[0], ()))
        )

    def paced(self, passages: Iterable[Passage]) -> Iterator[Passage]:
        for passage in passages:
            if self.pause_seconds:
                sleep(self.pause_seconds)
            yield passage

    def words_in(self, passages: Sequence[Passage]) -> frozenset[str]:
        """Every word that stands alone somewhere, and the common parts: what compounds are made of."""
        alone = {
            word
            for passage in self.paced(passages) if passage.language == "de"
            for word in words_of(f"{passage.title} {passage.keywords} {passage.text}")
            if len(word) >= LEAST_WORD and not word.isdigit()
        }
        return frozenset(alone | common_parts() | everyday_parts())

    def add(self, place: int, passage: Passage) -> float:
        """Enter a passage; returns its size."""
        counts: dict[str, float] = defaultdict(float)
        keywords = passage.keywords if self.steps.keywords else ""
        for text, weight in ((passage.title, TITLE), (keywords, KEYWORDS), (passage.text, TEXT)):
            self.count(words_of(text), passage.language, weight, counts)
        self.titles.append(tuple(self.named(word, passage.language) for word in telling(passage.title)))
        for term, count in counts.items():
            posting = self.postings[term]
            posting.places.append(place)
            posting.counts.append(count)
        if self.steps.grams:
            named = chain.from_iterable(grams_of(word) for word in words_of(f"{passage.title} {keywords}"))
            for gram in set(named):
                self.grams[gram].append(place)
        return sum(counts.values())

    def named(self, word: str, language: str) -> Named:
        parts = self.compounds.parts_of(word) if language == "de" else ()
        return Named(word, stem_of(word, language) if self.steps.stems else word, parts)

    def count(self, words: Sequence[str], language: str, weight: float, counts: dict[str, float]) -> None:
        """Terms of some words; a term in a title counts once, however often it is repeated among keywords."""
        for word, often in Counter(words).items():
            stem = stem_of(word, language) if self.steps.stems else word
            if len(word) >= LEAST_WORD and not word.isdigit():
                self.seen.add(word)
            counts[stem] += weight * (often if weight == TEXT else 1)
            parts = self.compounds.parts_of(word) if language == "de" else ()
            for part in set(parts):
                counts[part] += weight * PART


class Index:
    """Some segments, searched as one."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = segments
        self.size = sum(len(segment.keys) for segment in segments)

    def knows(self, term: str) -> bool:
        return any(term in segment.postings for segment in self.segments)

    def has(self, word: str) -> bool:
        return any(segment.has(word) for segment in self.segments)

    def bends(self, word: str, stem: str) -> bool:
        return any(segment.bends(word, stem) for segment in self.segments)

    def is_compound(self, word: str) -> bool:
        """Whether all parts of a word are words."""
        return any(segment.compounds.split(word) for segment in self.segments)

    def parts_of(self, word: str) -> tuple[str, ...]:
        """The parts of a compound as the segments take it apart, those that something is known of."""
        return next(filter(None, (segment.compounds.parts_of(word) for segment in self.segments)), ())

    def rarity(self, term: str) -> float:
        """How much a term says: nearly nothing when every passage has it, most when none has."""
        return self.rarity_of(sum(len(s.postings[term].places) for s in self.segments if term in s.postings))

    def rarity_of(self, held: int) -> float:
        return math.log(1 + (self.size + OTHERS - held + 0.5) / (held + 0.5))
