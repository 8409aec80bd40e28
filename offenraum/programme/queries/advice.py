"""Where a topic could go: its free cells, best first, with what the planner expects there."""

from __future__ import annotations

from dataclasses import dataclass

from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference, Room, Slot
from offenraum.conference.queries import Grid
from offenraum.planner.prices import CellAdvice, cell_advice
from offenraum.planner.problem import BrokenInput
from offenraum.programme.models import Placement
from offenraum.programme.queries.draft import (
    Around,
    around_of,
    draft_of,
    host_key,
    placed_of,
    slots_from,
    topics_by_slot,
)
from offenraum.programme.queries.prices import draft_cells, draft_problem
from offenraum.programme.rules import Conflict, Placed, conflicts, expected_audiences


@dataclass(frozen=True, slots=True)
class FreeCell:
    """A free cell for a topic: who would like to come then, what it would add, what would be wrong."""

    slot: Slot
    room: Room
    conflicts: tuple[Conflict, ...]
    interested: int | None
    expected: int | None
    change: float

    @property
    def order(self) -> tuple[int, float, int, int, int]:
        return len(self.conflicts), -self.change, self.room.places, self.slot.number, self.room.position


def free_cells(conference: Conference, topic: Topic) -> list[FreeCell]:
    """Every cell that the topic could take without pushing another out, best first."""
    draft, around = draft_of(conference), around_of(conference)
    rest = [p for t, p in draft.items() if t != topic.pk]
    others, running = [placed_of(p, expected=0) for p in rest], topics_by_slot(rest)
    taken = {(slot, one.room) for one in others for slot in one.slots}
    known = expected_in(conference, topic, draft)
    free = [
        free_cell(
            topic, slot, room, others=others, around=around, known=known.get((slot.pk, room.pk)),
            coming=coming_then(topic, running.get(slot.pk, set()), around),
        )
        for slot in around.grid.slots for room in around.grid.rooms
        if is_free(topic, slot, room, taken=taken, grid=around.grid)
    ]
    return sorted(free, key=lambda cell: cell.order)


def is_free(topic: Topic, slot: Slot, room: Room, *, taken: set[tuple[int, int]], grid: Grid) -> bool:
    slots = slots_from(topic, slot, grid)
    cells = {(s.pk, room.pk) for s in slots}
    return len(slots) == topic.length and not cells & taken and not cells & grid.closed


def coming_then(topic: Topic, others: set[int], around: Around) -> int:
    """How many people would come to this topic beside the others of a slot."""
    return expected_audiences([{topic.pk, *others}], around.crowd)[topic.pk]


def free_cell(
    topic: Topic, slot: Slot, room: Room, *, others: list[Placed], around: Around, known: CellAdvice | None, coming: int
) -> FreeCell:
    here = Placed(
        topic=topic.pk, slots=tuple(s.pk for s in slots_from(topic, slot, around.grid)), length=topic.length,
        room=room.pk, hosts=frozenset(host_key(host) for host in topic.hosts.all()), needs=frozenset(topic.needs),
        expected=coming,
    )
    wrong = [conflict for conflict in conflicts([*others, here], around.surroundings) if conflict.topic == topic.pk]
    return FreeCell(
        slot=slot, room=room, conflicts=tuple(wrong), interested=known.interested if known else None,
        expected=known.expected if known else None, change=known.change if known else 0.0,
    )


def expected_in(
    conference: Conference, topic: Topic, draft: dict[int, Placement]
) -> dict[tuple[int, int], CellAdvice]:
    """What the planner expects in each free cell; nothing when the draft breaks a rule that it relies on."""
    try:
        advice = cell_advice(draft_problem(conference), draft_cells(draft), str(topic.pk))
    except BrokenInput:
        return {}
    return {(int(one.slot), int(one.room)): one for one in advice}
