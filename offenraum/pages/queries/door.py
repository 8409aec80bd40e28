"""What the sign of a room shows: what runs and until when, what comes, what has moved away, where there is room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from offenraum.conference.models import Conference, Room, RoomClosure
from offenraum.conference.queries.times import ENDED, STARTING
from offenraum.programme.queries.beside import with_room
from offenraum.programme.queries.differences import editions_of, names_of
from offenraum.programme.queries.published import Programme, Session, places_of, programme_of
from offenraum.programme.rules.day import Phase, left_room, phase_of

MOST_MOVED = 2


@dataclass(frozen=True, slots=True)
class Item:
    """What a room holds: a session, or a fixed item of the programme."""

    title: str
    people: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    session: Session | None = None

    @property
    def foyer(self) -> str:
        return self.session.foyer if self.session else ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A session that an earlier edition has in this room now or next, and where it is instead; None: nowhere."""

    title: str
    session: Session | None


@dataclass(frozen=True, slots=True)
class Door:
    """The sign of one room; `phase` is amber five minutes before the end and red for some minutes after it."""

    room: Room
    current: Item | None
    coming: Item | None
    following: Item | None
    phase: Phase | None
    moved: tuple[Moved, ...]
    alternatives: tuple[Session, ...]
    is_closed: bool
    programme: Programme


def door_of(conference: Conference, room: Room, *, now: datetime) -> Door:
    programme = programme_of(conference)
    here = items_in(programme, room)
    current, ahead = running_or_just_over(here, now=now), [item for item in here if item.starts_at > now]
    coming = ahead[0] if ahead and not current and ahead[0].starts_at <= now + STARTING else None
    return Door(
        room=room,
        current=current,
        coming=coming,
        following=next((item for item in ahead if item is not coming), None),
        phase=phase_of(ends_at=current.ends_at, now=now) if current else None,
        moved=moved_away(conference, programme, room, now=now),
        alternatives=alternatives_to(here, programme, conference, now=now),
        is_closed=is_closed(room, now=now),
        programme=programme,
    )


def items_in(programme: Programme, room: Room) -> list[Item]:
    """Everything in one room, in order of time."""
    talks = [
        Item(talk.title, tuple(speaker.name for speaker in talk.speakers.all()), talk.starts_at, talk.ends_at)
        for talk in programme.talks if talk.room_id == room.pk
    ]
    sessions = [
        Item(one.topic.title, one.hosts, one.starts_at, one.ends_at, one)
        for one in programme.sessions if one.room.pk == room.pk
    ]
    return sorted([*talks, *sessions], key=lambda item: item.starts_at)


def running_or_just_over(here: Sequence[Item], *, now: datetime) -> Item | None:
    """What runs; in the first minutes of a break still the session that has just ended."""
    begun = [item for item in here if item.starts_at <= now]
    last = max(begun, key=lambda item: item.starts_at, default=None)
    if last is None or now < last.ends_at:
        return last
    return last if last.session and now < last.ends_at + ENDED else None


def alternatives_to(
    here: Sequence[Item], programme: Programme, conference: Conference, *, now: datetime
) -> tuple[Session, ...]:
    """Sessions with room beside a full one in this room."""
    sessions = [item.session for item in here if item.session]
    full = next((one for one in sessions if one.is_full and one.ends_at > now), None)
    return tuple(with_room(programme, full, conference)) if full else ()


def moved_away(conference: Conference, programme: Programme, room: Room, *, now: datetime) -> tuple[Moved, ...]:
    """Whom to send on from this door: sessions that people may still look for here."""
    open_slots = [slot.pk for slot in programme.grid.slots if slot.ends_at > now][:2]
    plans = [places_of(edition) for edition in editions_of(conference)]
    left = left_room(plans, room=room.pk, slots=open_slots)
    titles = names_of(conference, programme.grid).titles if left else {}
    now_at = {session.topic.pk: session for session in programme.sessions}
    return tuple(Moved(titles[topic], now_at.get(topic)) for topic in left if topic in titles)[:MOST_MOVED]


def is_closed(room: Room, *, now: datetime) -> bool:
    """Whether the room cannot be used now or in the next slot."""
    closures = RoomClosure.objects.filter(room=room).select_related("slot")
    ahead = [one.slot for one in closures if one.slot.ends_at > now]
    return bool(ahead) and min(slot.starts_at for slot in ahead) <= now
