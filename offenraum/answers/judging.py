"""How sure it is that a passage answers, and what of all that was found is shown."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from offenraum.answers.asking import Wanted, Way
from offenraum.answers.index import K1, Index, Named, Segment
from offenraum.answers.rules.words import elsewhere_ends, elsewhere_words, is_light, light_words, stem_of
from offenraum.answers.sureness import LEAST_SURE, Evidence, sureness
from offenraum.answers.tone import tone_of

LEAST_COVERED: Final = 0.62
WHOLE: Final = 0.97
LEAST_POINTS: Final = 0.5
"""So much of a question is covered where each of its words is, as it is or as editors say it, and not by the way."""

LEARNED: Final = frozenset({"service"})
"""The kinds for which sureness was learned."""

LIGHT: Final = 0.2
NAMED: Final = 0.6
NAMED_FIRST: Final = 0.4
UNASKED: Final = 0.04
"""For a title that is named whole, and for each word of it that is not asked for; in points of a word of one title."""

SMALL_UNKNOWN: Final = 0.5
MOST_UNASKED: Final = 6
MOST_ELSEWHERE: Final = 2
LEAST_PIECE: Final = 6
LEAST_SCORE: Final = 1e-6
FAR_BEHIND: Final = 0.35
LESS_SURE: Final = 0.7


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found: its points, how much of the question it covers (0 to 1), and what speaks for it."""

    key: str
    kind: str
    score: float
    confidence: float
    evidence: Evidence | None = None

    @property
    def is_sure(self) -> bool:
        """Descriptions of services are long and name much by the way; what is written for an event is short."""
        if self.kind in LEARNED and self.evidence is not None:
            return self.sureness >= LEAST_SURE
        return self.confidence >= LEAST_COVERED

    @property
    def sureness(self) -> float:
        """How sure it is, from 0 to 1, that the description of a service answers: wholly where it has every word."""
        if self.evidence is None:
            return 0.0
        is_whole = self.confidence >= WHOLE and self.score >= LEAST_POINTS and not self.evidence.elsewhere
        return 1.0 if is_whole else sureness(self.evidence)


@dataclass(frozen=True, slots=True)
class Draft:
    """A passage before its title is looked at."""

    segment: Segment
    place: int
    points: float
    covered: float
    bonus: float
    near: float


@dataclass(frozen=True, slots=True)
class Ground:
    """What all passages of a question are judged on: its terms, what points are measured in, and its words."""

    terms: Mapping[str, float]
    unit: float
    most: float
    words: int
    unknown: float
    tone: float
    elsewhere: frozenset[str]
    is_general: bool


def ground_of(wanted: Sequence[Wanted], index: Index, rarity: Mapping[str, float], *, is_general: bool) -> Ground:
    best = (max((worth(way, rarity) for way in one.ways), default=0.0) for one in wanted)
    return Ground(
        terms=strongest(wanted), unit=index.rarity_of(0) * (K1 + 1), words=len(wanted),
        most=sum(best) * (K1 + 1),
        unknown=sum(how_unknown(one) for one in wanted), is_general=is_general,
        tone=tone_of(words_in(wanted)), elsewhere=elsewhere_in(wanted, index),
    )


def words_in(wanted: Sequence[Wanted]) -> list[str]:
    """The words without the phrases."""
    return [one.word for one in wanted if " " not in one.word]


def how_unknown(one: Wanted) -> float:
    """A noun that nobody knows says most that something else is meant, a verb less, a light word nothing."""
    if one.is_known or is_light(one.word):
        return 0.0
    return SMALL_UNKNOWN if one.is_small else 1.0


def elsewhere_in(wanted: Sequence[Wanted], index: Index) -> frozenset[str]:
    """The words for what is had elsewhere, but for those of a phrase that an administration knows."""
    of_phrases = {word for one in wanted if " " in one.word for word in one.word.split()}
    return frozenset(
        one.word for one in wanted
        if one.word not in of_phrases and (one.word in elsewhere_words() or ends_elsewhere(one.word, index))
    )


def ends_elsewhere(word: str, index: Index) -> bool:
    return word.endswith(elsewhere_ends()) and not index.knows(stem_of(word, "de"))


def worth(way: Way, rarity: Mapping[str, float]) -> float:
    return sum(rarity[term] * weight for term, weight in way)


def strongest(wanted: Sequence[Wanted]) -> dict[str, float]:
    """Each term of a question with the weight of the best way that it is alone, or a part, in."""
    terms: dict[str, float] = {}
    for one in wanted:
        for way in one.ways:
            for term, weight in way:
                terms[term] = max(terms.get(term, 0.0), weight)
    return terms


def judged(draft: Draft, ground: Ground) -> Hit:
    """A title that the question names whole speaks for a passage; so it is seldom far from what was meant."""
    named, whole, unasked = 0.0, 0.0, 0.0
    title = draft.segment.titles[draft.place]
    for word in title:
        weight = LIGHT if word.stem in light_words() or word.stem.isdigit() else 1.0
        share = share_of(word, ground.terms)
        named += weight * share
        whole += weight
        unasked += 1 - share
    named /= max(whole, 1.0)
    unasked = min(unasked, MOST_UNASKED)
    confidence = min(1 - (1 - min(draft.covered, 1.0)) * (1 - NAMED * named) + draft.bonus, 1.0)
    score = max(draft.points / ground.unit + NAMED_FIRST * named - UNASKED * unasked, LEAST_SCORE)
    evidence = Evidence(
        covered=confidence, points=score, reached=draft.points / ground.most if ground.most else 0.0,
        named=named, words=math.sqrt(ground.words), unknown=ground.unknown,
        tone=ground.tone, general=float(ground.is_general),
        elsewhere=float(min(sum(not is_named(asked, title) for asked in ground.elsewhere), MOST_ELSEWHERE)),
    )
    return Hit(draft.segment.keys[draft.place], draft.segment.kinds[draft.place], score, confidence, evidence)


def is_named(asked: str, title: Sequence[Named]) -> bool:
    """Whether a word is one of a title, or a long one a piece of one; by letters, for “mieten” is no “Miete”."""
    return any(asked == word.word or (len(asked) >= LEAST_PIECE and asked in word.word) for word in title)


def share_of(word: Named, terms: Mapping[str, float]) -> float:
    """How much of a word of a title the question names."""
    of_parts = sum(terms.get(part, 0.0) for part in word.parts) / max(len(word.parts), 1)
    return max(terms.get(word.stem, 0.0), of_parts)


def chosen(hits: Sequence[Hit]) -> list[Hit]:
    """What is shown: of each kind nothing where not even its best is sure, and nothing that is far behind the best."""
    sure: dict[str, bool] = {}
    for hit in hits:
        sure.setdefault(hit.kind, hit.is_sure)
    left = [hit for hit in hits if sure[hit.kind]]
    best = left[0] if left else None
    return [
        hit for hit in left
        if best and hit.score >= FAR_BEHIND * best.score and hit.confidence >= LESS_SURE * best.confidence
    ]
