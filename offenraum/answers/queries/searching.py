"""Searching: everything that fits the words, unlike an answer, which is only given when it is sure."""

from __future__ import annotations

from typing import Final

from django.utils import timezone

from offenraum.answers.asking import wanted_of
from offenraum.answers.queries.answering import Answer, answers_of
from offenraum.answers.queries.library import index_at_hand, synonyms_of
from offenraum.answers.ranking import ranked
from offenraum.conference.models import Conference

MOST_FOUND: Final = 20
LEAST_CONFIDENCE: Final = 0.3
FAR_BEHIND: Final = 0.15


def found_for(words: str, conference: Conference) -> list[Answer]:
    """What fits, the best first, as it is now."""
    index = index_at_hand(conference).index
    wanted = wanted_of(words, index, synonyms=synonyms_of(conference))
    found = ranked(index, wanted, most=MOST_FOUND)
    hits = [hit for hit in found if hit.confidence >= LEAST_CONFIDENCE and hit.score >= FAR_BEHIND * found[0].score]
    with timezone.override(conference.zone):
        return answers_of(hits, wanted, conference)
