"""Closing rooms for some slots, and opening them again."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from offenraum.conference.models import Conference, Room, RoomClosure, Slot
from offenraum.live.changes import announce


@transaction.atomic
def close_cells(*, conference: Conference, cells: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Close (slot id, room id) pairs of a conference; returns those that were open before."""
    slots = set(Slot.objects.filter(conference=conference).values_list("pk", flat=True))
    rooms = set(Room.objects.filter(conference=conference).values_list("pk", flat=True))
    known = [(slot, room) for slot, room in cells if slot in slots and room in rooms]
    closed = [
        (slot, room) for slot, room in known
        if RoomClosure.objects.get_or_create(slot_id=slot, room_id=room)[1]
    ]
    announce(scope=conference.slug, topics=["plan", "programme"])
    return closed


@transaction.atomic
def open_cells(*, conference: Conference, cells: Iterable[tuple[int, int]]) -> None:
    """Open (slot id, room id) pairs again."""
    for slot, room in cells:
        RoomClosure.objects.filter(slot_id=slot, room_id=room, room__conference=conference).delete()
    announce(scope=conference.slug, topics=["plan", "programme"])
