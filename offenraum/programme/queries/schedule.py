"""The published programme as the plain values that all formats are written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference, Slot, Talk
from offenraum.kit.markup import plain_of
from offenraum.programme.formats.atom import Published
from offenraum.programme.formats.schedule import Entry, Human, Place, Schedule
from offenraum.programme.models import Edition
from offenraum.programme.queries.differences import Names, change_in_words, names_of
from offenraum.programme.queries.published import Programme, Session, places_of, resolved
from offenraum.programme.rules import Place as Cell
from offenraum.programme.rules import changes_between
from offenraum.programme.rules.layout import Layout

TALK_NUMBERS: Final = 1_000_000
"""Added to the id of a fixed point: sessions keep the small numbers that people see."""

Spot = tuple[Cell, tuple[datetime, int] | None, bool]
"""Where something is, when that begins and how long it takes, whether it takes two slots."""

HOST_NUMBERS: Final = 1_000_000
MOST_HOSTS: Final = 100


@dataclass(frozen=True, slots=True)
class Past:
    """How a topic has moved through the editions: where it was last, how often its place or time changed, and when."""

    place: Cell
    revision: int
    changed_at: datetime


def schedule_of(conference: Conference) -> Schedule:
    """The latest edition with the fixed programme; what fell out of the plan is in it as cancelled."""
    editions = list(Edition.objects.filter(conference=conference).order_by("number"))
    latest = editions[-1] if editions else None
    programme = resolved(conference, edition=latest, places=places_of(latest))
    past = past_of(editions)
    held = [entry_of_session(one, past[one.topic.pk], conference) for one in programme.sessions]
    gone = cancelled(conference, programme, past) if latest else []
    fixed = [entry_of_talk(talk, conference) for talk in programme.talks]
    return Schedule(
        slug=conference.slug, title=conference.title, about=conference.about, venue=venue_of(conference),
        zone=conference.zone, language="de", base=settings.ADDRESS, edition=latest.number if latest else 0,
        changed_at=latest.published_at if latest else conference.created_at,
        rooms=tuple(Place(room.name, room.places) for room in programme.grid.rooms),
        entries=tuple(sorted([*fixed, *held, *gone], key=lambda one: (one.starts_at, one.number))),
    )


def venue_of(conference: Conference) -> str:
    return ", ".join(part for part in (conference.venue, conference.street, conference.city) if part)


def past_of(editions: list[Edition]) -> dict[int, Past]:
    """Topic id to its way through the editions."""
    past: dict[int, Past] = {}
    before: dict[int, Spot] = {}
    for edition in editions:
        spots = spots_of(edition)
        for topic in sorted(before.keys() | spots.keys()):
            spot = spots.get(topic) or before[topic]
            if spots.get(topic) != before.get(topic):
                known = past.get(topic)
                past[topic] = Past(spot[0], known.revision + 1 if known else 0, edition.published_at)
        before = spots
    return past


def spots_of(edition: Edition) -> dict[int, Spot]:
    """Topic id to where and when an edition has it."""
    layout, places = Layout.read(edition.layout), places_of(edition)
    return {
        topic: (place, layout.slots.get(place.slot) if layout else None, layout is not None and topic in layout.double)
        for topic, place in places.items()
    }


def entry_of_session(session: Session, past: Past, conference: Conference) -> Entry:
    topic = session.topic
    return Entry(
        key=f"session-{topic.number}", number=topic.number, title=topic.title, text=topic.about, kind=topic.format,
        track=f"#{topic.hashtags[0]}" if topic.hashtags else "", starts_at=session.starts_at, ends_at=session.ends_at,
        room=session.room.name, humans=hosts_of(topic.number, session.hosts),
        path=f"/{conference.slug}/session/{topic.number}", revision=revision_of(conference, topic, past),
        changed_at=changed_at(conference, topic, past),
    )


def revision_of(conference: Conference, topic: Topic, past: Past) -> int:
    """Rises when the team changes the frame, the host the topic, or an edition its place or time."""
    return conference.revision + topic.version - 1 + past.revision


def changed_at(conference: Conference, topic: Topic, past: Past) -> datetime:
    """The last time of that."""
    return max(filter(None, (past.changed_at, topic.changed_at, conference.revised_at)))


def hosts_of(number: int, names: tuple[str, ...]) -> tuple[Human, ...]:
    """Hosts have no ids of their own in public: they are numbered within their session."""
    first = HOST_NUMBERS + number * MOST_HOSTS
    return tuple(Human(first + place, name) for place, name in enumerate(names))


def entry_of_talk(talk: Talk, conference: Conference) -> Entry:
    return Entry(
        key=f"talk-{talk.pk}", number=TALK_NUMBERS + talk.pk, title=talk.title, text=plain_of(talk.about),
        kind=talk.kind, track="", starts_at=talk.starts_at, ends_at=talk.ends_at,
        room=talk.room.name if talk.room else conference.venue or _("Plenary"),
        humans=tuple(Human(speaker.pk, speaker.name) for speaker in talk.speakers.all()),
        path=f"/{conference.slug}/programmpunkt/{talk.pk}", revision=conference.revision, changed_at=conference.said_at,
    )


def cancelled(conference: Conference, programme: Programme, past: Mapping[int, Past]) -> list[Entry]:
    """What once stood in an edition and does not any more; what the desk has hidden has no name here."""
    names = names_of(conference, programme.grid)
    held = {session.topic.pk for session in programme.sessions}
    return [
        gone_entry(topic, past[topic.pk], names, conference)
        for topic in conference.topics.filter(pk__in=past.keys() - held).order_by("number")
        if past[topic.pk].place.slot in names.slots
    ]


def gone_entry(topic: Topic, past: Past, names: Names, conference: Conference) -> Entry:
    slot: Slot = names.slots[past.place.slot]
    room = names.rooms.get(past.place.room)
    return Entry(
        key=f"session-{topic.number}", number=topic.number, title=names.titles.get(topic.pk) or _("Cancelled session"),
        text="", kind="", track="", starts_at=slot.starts_at, ends_at=slot.ends_at, room=room.name if room else "",
        humans=(), path=f"/{conference.slug}/programm", revision=revision_of(conference, topic, past),
        changed_at=changed_at(conference, topic, past), is_cancelled=True,
    )


def published_editions(conference: Conference) -> list[Published]:
    """Every edition with its difference in sentences, the newest first, in four questions to the database."""
    editions = list(Edition.objects.filter(conference=conference).order_by("number"))
    programme = resolved(conference, edition=None, places={})
    names = names_of(conference, programme.grid)
    before: Mapping[int, Cell] = {}
    told: list[Published] = []
    for edition in editions:
        places = places_of(edition)
        sentences = tuple(change_in_words(change, names) for change in changes_between(before, places))
        told.append(Published(edition.number, edition.published_at, name_of(edition), sentences))
        before = places
    return told[::-1]


def name_of(edition: Edition) -> str:
    time = date_format(localtime(edition.published_at), "d.m.Y H:i")
    return _("Edition %(number)d, %(time)s") % {"number": edition.number, "time": time}
