"""Reads about conferences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from offenraum.conference.models import Conference, Room, Slot, Talk


def conference_by_slug(slug: str) -> Conference | None:
    return Conference.objects.filter(slug=slug).first()


def now_of(conference: Conference) -> datetime:
    """The time that this conference's clock shows, in its own zone."""
    return conference.clock.at(timezone.now()).astimezone(conference.zone)


@dataclass(frozen=True, slots=True)
class Grid:
    """The slots and rooms of the barcamp, in order, and the cells that are closed."""

    slots: tuple[Slot, ...]
    rooms: tuple[Room, ...]
    closed: frozenset[tuple[int, int]]


def grid_of(conference: Conference) -> Grid:
    """Slots, rooms and closed (slot id, room id) pairs."""
    rooms = tuple(Room.objects.filter(conference=conference).prefetch_related("closures"))
    closed = frozenset((c.slot_id, room.pk) for room in rooms for c in room.closures.all())
    slots = tuple(Slot.objects.filter(conference=conference).order_by("starts_at"))
    return Grid(slots=slots, rooms=rooms, closed=closed)


def talks_of(conference: Conference) -> QuerySet[Talk]:
    """The fixed programme in order of time."""
    return Talk.objects.filter(conference=conference).select_related("room").prefetch_related("speakers")
