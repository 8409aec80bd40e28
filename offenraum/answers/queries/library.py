"""The indexes of this process: made when somebody asks, and again when what they are made of has changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db import connection

from offenraum.answers.index import Index, Passage, Segment
from offenraum.answers.models import Synonym
from offenraum.answers.queries.event import EVENT
from offenraum.answers.queries.found import Kind
from offenraum.answers.queries.people import PEOPLE
from offenraum.answers.queries.texts import SERVICES, TEXTS
from offenraum.answers.rules.words import stem_of, words_of
from offenraum.conference.models import Conference
from offenraum.live.regions import RegionCache
from offenraum.live.versions import read_versions, tag_of
from offenraum.live.wire import NOTHING, Key, Tag

KINDS: Final = {kind.name: kind for kind in (*TEXTS, *EVENT, PEOPLE, SERVICES)}
MOST_HELD: Final = 16
PARTS: Final[dict[str, tuple[tuple[Kind, ...], tuple[str, ...]]]] = {
    "answers-services": ((SERVICES,), ("services",)),
    "answers-event": ((*TEXTS, *EVENT, PEOPLE), ("answers", "board", "market", "programme")),
}
"""Apart, because thousands of services seldom change and topics change by the minute: kinds, and when they change."""


@dataclass(frozen=True, slots=True)
class Held:
    """A part of an index with the version it was made from."""

    tag: Tag
    segment: Segment


CACHE: RegionCache[Held] = RegionCache(places=MOST_HELD)


def index_of(conference: Conference) -> Index:
    """The index of a conference, as fresh as its versions."""
    versions = read_versions([conference.slug])
    segments = []
    for name, (kinds, topics) in PARTS.items():
        tag = tag_of(versions, scope=conference.slug, topics=topics)
        segments.append(segment_of(conference, Key(conference.slug, name, "de"), kinds, tag))
    return Index(segments)


def segment_of(conference: Conference, key: Key, kinds: Iterable[Kind], tag: Tag) -> Segment:
    """What is held, or made now; inside a transaction what is made may never come to be, and is not held."""

    def make() -> Held:
        return Held(tag, Segment(passages_of(conference, kinds)))

    if connection.in_atomic_block or tag == NOTHING:
        return make().segment
    return (CACHE.get(key, tag) or CACHE.made(key, tag, make)).segment


def passages_of(conference: Conference, kinds: Iterable[Kind]) -> Iterable[Passage]:
    return (passage for kind in kinds for passage in kind.passages(conference))


def synonyms_of(conference: Conference) -> dict[str, list[str]]:
    """Stem of a word to what the editors say it means."""
    rows = Synonym.objects.filter(conference=conference).values_list("word", "means")
    return {stem_of(word, "de"): words_of(means) for word, means in rows}
