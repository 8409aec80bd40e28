"""Which passages fit a question best: points of each word, and what the title says."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from offenraum.answers.asking import Wanted
from offenraum.answers.index import K1, TITLE, Index, Posting, Segment
from offenraum.answers.judging import Draft, Hit, ground_of, judged
from offenraum.answers.rules.words import grams_of, is_light

GRAMS: Final = 6.0
"""Points for a passage whose title has all pieces of the question's words."""

NEAR: Final = 0.7
UNKNOWN: Final = 0.8
LIGHT: Final = 0.2
SMALL: Final = 0.6
SMALL_UNKNOWN: Final = 0.3
ALL_SAID: Final = 0.3
NEARLY_ALL: Final = 0.95
LOOKED_AT: Final = 20


class Sums(defaultdict[int, float]):
    """Points by place in a segment."""

    def __init__(self) -> None:
        super().__init__(float)

    def raise_to(self, other: Mapping[int, float]) -> None:
        for place, points in other.items():
            if points > self[place]:
                self[place] = points

    def add(self, other: Mapping[int, float], weight: float = 1.0) -> None:
        for place, points in other.items():
            self[place] += points * weight


def ranked(index: Index, wanted: Sequence[Wanted], *, most: int, is_general: bool = False) -> list[Hit]:
    """The best passages, each entry once: in the language in which it fits better."""
    weights = [weight_of(one, index) for one in wanted]
    rarity = {term: index.rarity(term) for one in wanted for way in one.ways for term, _weight in way}
    grams = {gram for one in wanted for gram in grams_of(one.word)}
    drafts = (draft for one in index.segments for draft in drafts_in(one, wanted, weights, rarity, grams))
    ground = ground_of(wanted, index, rarity, is_general=is_general)
    first = heapq.nlargest(LOOKED_AT + most, drafts, key=lambda draft: draft.points)
    best: dict[str, Hit] = {}
    for hit in sorted((judged(draft, ground) for draft in first), key=lambda hit: -hit.score):
        best.setdefault(hit.key, hit)
    return list(best.values())[:most]


def weight_of(wanted: Wanted, index: Index) -> float:
    """How much of a question one word is: the rarer, the more; one that nobody knows whole is no name of ours."""
    rarest = max((index.rarity(term) for way in wanted.ways for term, _weight in way), default=0.0)
    if not wanted.is_known:
        rarest = max(rarest, UNKNOWN * index.rarity_of(0))
    if is_light(wanted.word):
        return rarest * LIGHT
    return rarest * (SMALL if wanted.is_known else SMALL_UNKNOWN) if wanted.is_small else rarest


def drafts_in(
    segment: Segment, wanted: Sequence[Wanted], weights: Sequence[float], rarity: Mapping[str, float],
    grams: Collection[str],
) -> Iterator[Draft]:
    points, covered, said = Sums(), Sums(), Sums()
    whole = sum(weights) or 1.0
    for one, weight in zip(wanted, weights, strict=True):
        found = found_of(one, segment, rarity)
        points.add(found.points)
        covered.add(found.covered, weight / whole)
        said.add(found.said, weight / whole)
    near = nearness(segment, grams)
    points.add(near, GRAMS)
    for place, score in points.items():
        all_said = ALL_SAID if said[place] >= NEARLY_ALL else 0.0
        close = near.get(place, 0.0)
        yield Draft(segment, place, score, max(covered[place], NEAR * close), all_said, close)


@dataclass(frozen=True, slots=True)
class Found:
    """Of one word, by passage: its points, how much of it is covered, and whether it stands there at all."""

    points: Sums = field(default_factory=Sums)
    covered: Sums = field(default_factory=Sums)
    said: Sums = field(default_factory=Sums)


def found_of(one: Wanted, segment: Segment, rarity: Mapping[str, float]) -> Found:
    """In each passage the best way of a word counts."""
    best = Found()
    for way in one.ways:
        found = best if len(one.ways) == 1 else Found()
        for term, weight in way:
            if term in segment.postings:
                enter(found, segment.postings[term], segment.norms, weight, rarity[term] * (K1 + 1))
        if found is not best:
            best.points.raise_to(found.points)
            best.covered.raise_to(found.covered)
            best.said.raise_to(found.said)
    return best


def enter(found: Found, posting: Posting, norms: Sequence[float], weight: float, factor: float) -> None:
    """Every passage of a term; the innermost loop of a search.

    A word is covered whole by a title, less by a text, and the longer the text the less, as its points are (BM25).
    """
    points, covered, said = found.points, found.covered, found.said
    factor *= weight
    for place, count in zip(posting.places, posting.counts, strict=True):
        norm = norms[place]
        share = count / (count + norm)
        part = share * (1 + norm / TITLE)
        points[place] += factor * share
        covered[place] += weight if part >= 1 else weight * part * part
        said[place] += weight


def nearness(segment: Segment, grams: Collection[str]) -> dict[int, float]:
    """Which share of the pieces of a question's words stands in a title or among keywords."""
    counts = Counter(chain.from_iterable(segment.grams.get(gram, ()) for gram in grams))
    return {place: count / len(grams) for place, count in counts.items()}
