"""Answering a question: with what is quoted, from where, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from offenraum.answers.asking import Wanted, wanted_of
from offenraum.answers.judging import Hit, chosen
from offenraum.answers.models import Pin
from offenraum.answers.queries.found import Asked, Found, key_of
from offenraum.answers.queries.library import KINDS, index_at_hand, synonyms_of
from offenraum.answers.queries.moments import on_at
from offenraum.answers.ranking import ranked
from offenraum.answers.rules.asking import asks_in_general, moment_asked
from offenraum.answers.rules.quotes import quote_of
from offenraum.answers.rules.words import stem_of, telling
from offenraum.conference.models import Conference, Room
from offenraum.conference.queries import now_of
from offenraum.programme.queries.published import programme_of

MOST_ANSWERS: Final = 3
LOOKED_AT: Final = 8
"""A few more than are shown: one that is hidden since is left out."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One passage that is quoted, with its source."""

    title: str
    quote: str
    source: str
    url: str
    score: float
    kind: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said to a question; nothing is known where there is no answer, or not yet while texts are being read."""

    answers: tuple[Answer, ...]
    is_whole: bool = True

    @property
    def is_known(self) -> bool:
        return bool(self.answers)


def reply_to(question: str, conference: Conference) -> Reply:
    """At most three answers, the best first. What is shown is read now; the index only says where to look."""
    with timezone.override(conference.zone):
        rooms = Room.objects.filter(conference=conference).values_list("name", flat=True)
        moment = moment_asked(question, rooms=list(rooms))
        if moment:
            found = on_at(Asked(conference, now_of(conference)), programme_of(conference), moment)
            return Reply((answer_of(found, "moment", score=1.0, stems=frozenset()),))
        return searched(question, conference)


def searched(question: str, conference: Conference) -> Reply:
    at_hand = index_at_hand(conference)
    index = at_hand.index
    wanted = wanted_of(question, index, synonyms=synonyms_of(conference))
    found = chosen(ranked(index, wanted, most=LOOKED_AT, is_general=asks_in_general(question)))
    pinned = pinned_for(question, conference)
    hits = [*pinned, *(hit for hit in found if hit.key not in {one.key for one in pinned})]
    return Reply(tuple(answers_of(hits, wanted, conference)[:MOST_ANSWERS]), at_hand.is_whole)


def answers_of(hits: Sequence[Hit], wanted: Sequence[Wanted], conference: Conference) -> list[Answer]:
    """What was found and is still there, each with the part that has the words that were looked for."""
    stems, shown = stems_in(wanted), shown_of(hits, conference)
    return [answer_of(shown[hit.key], hit.kind, score=hit.confidence, stems=stems) for hit in hits if hit.key in shown]


def pinned_for(question: str, conference: Conference) -> list[Hit]:
    """What the editors have pinned to just this question, however its words are bent or ordered."""
    asked = bare(question)
    pins = Pin.objects.filter(conference=conference).values_list("pk", "questions") if asked else ()
    return [
        Hit(key_of("pin", pk), "pin", 1.0, 1.0)
        for pk, lines in pins if any(bare(line) == asked for line in lines.splitlines())
    ]


def bare(question: str) -> frozenset[str]:
    return frozenset(stem_of(word, "de") for word in telling(question))


def stems_in(wanted: Sequence[Wanted]) -> frozenset[str]:
    """What a quote should have: every term by which a word was looked for."""
    return frozenset(term for one in wanted for way in one.ways for term, _weight in way)


def shown_of(hits: Sequence[Hit], conference: Conference) -> dict[str, Found]:
    """What was found as it is now, in one question to the database for each kind."""
    by_kind: dict[str, set[int]] = {}
    for hit in hits:
        by_kind.setdefault(hit.kind, set()).add(int(hit.key.partition(":")[2]))
    needs_programme = any(KINDS[kind].needs_programme for kind in by_kind)
    asked = Asked(conference, now_of(conference), programme_of(conference) if needs_programme else None)
    return {
        f"{kind}:{pk}": found for kind, keys in by_kind.items() for pk, found in KINDS[kind].shown(asked, keys).items()
    }


def answer_of(found: Found, kind: str, *, score: float, stems: frozenset[str]) -> Answer:
    quote = "\n".join(part for part in (found.lead, quote_of(found.text, stems)) if part)
    return Answer(found.title, quote, found.source, found.url, round(min(score, 1.0), 2), kind)


def as_json(reply: Reply) -> dict[str, Any]:
    """What `offenraum ask --json` and the address for programs say; addresses are whole."""
    return {
        "answers": [
            {
                "title": one.title, "quote": one.quote, "source": one.source, "score": one.score,
                "url": f"{settings.ADDRESS}{one.url}" if one.url.startswith("/") else one.url,
            }
            for one in reply.answers
        ],
        "known": reply.is_known,
        **({} if reply.is_whole else {"reading": True}),
    }
