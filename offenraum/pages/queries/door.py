"""What the sign of a room shows: what runs and until when, what comes, where there is room when it is full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from offenraum.conference.models import Conference, Room, RoomClosure
from offenraum.conference.queries import ENDED
from offenraum.programme.queries.beside import with_room
from offenraum.programme.queries.published import Programme, Session, programme_of
from offenraum.programme.rules.day import Phase, phase_of


@dataclass(frozen=True, slots=True)
class Door:
    """The sign of one room; `phase` is amber five minutes before the end and red for ten minutes after it."""

    room: Room
    current: Session | None
    following: Session | None
    phase: Phase | None
    alternatives: tuple[Session, ...]
    is_closed: bool
    programme: Programme


def door_of(conference: Conference, room: Room, *, now: datetime) -> Door:
    programme = programme_of(conference)
    here = [session for session in programme.sessions if session.room.pk == room.pk]
    current = running_or_just_over(here, now=now)
    full = next((s for s in here if s.is_full and s.ends_at > now), None)
    return Door(
        room=room,
        current=current,
        following=next((s for s in here if s.starts_at > now), None),
        phase=phase_of(ends_at=current.ends_at, now=now) if current else None,
        alternatives=tuple(with_room(programme, full, conference)) if full else (),
        is_closed=is_closed(room, now=now),
        programme=programme,
    )


def running_or_just_over(here: Sequence[Session], *, now: datetime) -> Session | None:
    """What runs; in the first minutes of a break still what has just ended."""
    begun = [session for session in here if session.starts_at <= now]
    last = max(begun, key=lambda session: session.starts_at, default=None)
    return last if last and now < last.ends_at + ENDED else None


def is_closed(room: Room, *, now: datetime) -> bool:
    """Whether the room cannot be used now or in the next slot."""
    closures = RoomClosure.objects.filter(room=room).select_related("slot")
    ahead = [one.slot for one in closures if one.slot.ends_at > now]
    return bool(ahead) and min(slot.starts_at for slot in ahead) <= now
