"""The indexes of this process: made when somebody asks, and again when what they are made of has changed.

Where a librarian works (in a server), it makes them ahead, and no question waits for it longer than a moment.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from offenraum.answers.index import Index, Passage, Segment
from offenraum.answers.models import Service, Synonym
from offenraum.answers.queries.event import EVENT
from offenraum.answers.queries.found import Kind
from offenraum.answers.queries.people import PEOPLE
from offenraum.answers.queries.texts import SERVICES, TEXTS
from offenraum.answers.rules.words import stem_of, words_of
from offenraum.conference.models import Conference
from offenraum.live.regions import RegionCache
from offenraum.live.versions import Versions, read_versions, tag_of
from offenraum.live.wire import NOTHING, Key, Tag

KINDS: Final = {kind.name: kind for kind in (*TEXTS, *EVENT, PEOPLE, SERVICES)}
MOST_HELD: Final = 16
MOST_AHEAD: Final = 6
PATIENCE_SECONDS: Final = 0.015
BREATH_SECONDS: Final = 0.0005
"""After each text the librarian lets those go first who answer somebody."""

REST_SECONDS: Final = 3.0
"""What changes again and again is read anew at most so often, unless somebody asks."""

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
    made_at: float = field(default_factory=monotonic)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a conference's index, at a version."""

    conference: Conference
    key: Key
    kinds: tuple[Kind, ...]
    tag: Tag

    @property
    def may_be_large(self) -> bool:
        """Of an event there are some hundred texts at most, which a question reads itself where nobody did before."""
        return SERVICES in self.kinds


@dataclass(frozen=True, slots=True)
class AtHand:
    """What can be searched now; not all is read where a librarian is still at it."""

    index: Index
    is_whole: bool


class Shelf:
    """What a question and the librarian of its process tell each other."""

    def __init__(self) -> None:
        self.is_kept = False
        self.is_busy = False
        self.asked = threading.Event()
        self.renewed = threading.Condition()


CACHE: RegionCache[Held] = RegionCache(places=MOST_HELD)
SHELF: Final = Shelf()


def index_at_hand(conference: Conference) -> AtHand:
    """The index of a conference: as fresh as its versions, or for a moment what there is of it."""
    parts = list(parts_of(conference, read_versions([conference.slug])))
    held = [held_of(part) for part in parts]
    is_whole = all(one is not None and one.tag >= part.tag for one, part in zip(held, parts, strict=True))
    return AtHand(Index([one.segment for one in held if one is not None]), is_whole)


def parts_of(conference: Conference, versions: Versions) -> Iterator[Part]:
    for name, (kinds, topics) in PARTS.items():
        tag = tag_of(versions, scope=conference.slug, topics=topics)
        yield Part(conference, Key(conference.slug, name, "de"), kinds, tag)


def held_of(part: Part) -> Held | None:
    """Inside a transaction what is made may never come to be, and is not held."""
    if connection.in_atomic_block or part.tag == NOTHING:
        return made(part)
    waits = SHELF.is_kept and part.may_be_large
    return CACHE.get(part.key, part.tag) or (waited_for(part) if waits else renewed(part))


def waited_for(part: Part) -> Held | None:
    """What the librarian makes in a moment; what it had before, where it does not or is at something else."""
    SHELF.asked.set()
    if not SHELF.is_busy:
        with SHELF.renewed:
            SHELF.renewed.wait_for(lambda: CACHE.get(part.key, part.tag), PATIENCE_SECONDS)
    return CACHE.held.get(part.key)


def renewed(part: Part, *, pause_seconds: float = 0.0) -> Held:
    return CACHE.made(part.key, part.tag, lambda: made(part, pause_seconds=pause_seconds))


def made(part: Part, *, pause_seconds: float = 0.0) -> Held:
    return Held(part.tag, Segment(passages_of(part.conference, part.kinds), pause_seconds=pause_seconds))


def renew_all(*, is_asked: bool) -> None:
    """Make anew what has changed: of conferences about which somebody has asked, and of those with services."""
    conferences = kept_ahead()
    versions = read_versions([conference.slug for conference in conferences])
    for part in (part for conference in conferences for part in parts_of(conference, versions)):
        if part.tag != NOTHING and is_due(part, is_asked=is_asked):
            SHELF.is_busy = True
            try:
                renewed(part, pause_seconds=BREATH_SECONDS)
            finally:
                SHELF.is_busy = False
            with SHELF.renewed:
                SHELF.renewed.notify_all()


def is_due(part: Part, *, is_asked: bool) -> bool:
    before = CACHE.held.get(part.key)
    return before is None or (
        before.tag < part.tag and (is_asked or monotonic() - before.made_at >= REST_SECONDS)
    )


def kept_ahead() -> list[Conference]:
    known = {key.scope for key in list(CACHE.held)}
    with_services = Exists(Service.objects.filter(conference=OuterRef("pk")))
    found = Conference.objects.filter(Q(slug__in=known) | Q(with_services, is_hidden=False))
    return list(found.order_by("-created_at")[:MOST_AHEAD])


def passages_of(conference: Conference, kinds: Iterable[Kind]) -> Iterable[Passage]:
    return (passage for kind in kinds for passage in kind.passages(conference))


def synonyms_of(conference: Conference) -> dict[str, list[str]]:
    """Stem of a word to what the editors say it means."""
    rows = Synonym.objects.filter(conference=conference).values_list("word", "means")
    return {stem_of(word, "de"): words_of(means) for word, means in rows}
