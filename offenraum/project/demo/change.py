"""The one change of the demonstration after edition 1: a session moves, the way things go on a real day."""

from __future__ import annotations

from offenraum.conference.models import Conference
from offenraum.conference.queries import grid_of
from offenraum.programme.actions.draft import Taken, place_topic
from offenraum.programme.models import Cell, Placement
from offenraum.programme.queries.draft import draft_of, room_facts


def change_draft(conference: Conference) -> None:
    """Move a late session into a free cell that has what it needs; where none is free, into another room's place."""
    draft = sorted(draft_of(conference).values(), key=lambda p: (p.slot.starts_at, p.topic_id), reverse=True)
    for placement in draft:
        if placement.topic.length == 1 and move(conference, placement):
            return
    raise Taken


def move(conference: Conference, placement: Placement) -> bool:
    """Move this session to a free cell of a later or the same slot; False when there is none."""
    grid = grid_of(conference)
    taken = set(Cell.objects.filter(slot__conference=conference).values_list("slot_id", "room_id")) | set(grid.closed)
    needs = set(placement.topic.needs)
    for slot in grid.slots[1:]:
        for room in grid.rooms:
            if (slot.pk, room.pk) not in taken and needs <= room_facts(room).features:
                place_topic(topic=placement.topic, slot=slot, room=room, seen=placement.version)
                return True
    return False
