"""Reads about the desk's draft: its placements, conflicts, and the problem for the planner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from offenraum.barcamp.models import HostAbsence, Topic, TopicHost
from offenraum.barcamp.queries import tallies, wishes_by_seat
from offenraum.conference.models import Conference, Room, Slot
from offenraum.conference.queries import Grid, grid_of
from offenraum.gathering.queries import heads_of
from offenraum.planner.forecast import MOST_AUDIENCE
from offenraum.programme.models import Placement
from offenraum.programme.rules import (
    Conflict,
    Crowd,
    Place,
    Placed,
    RoomFacts,
    Spot,
    Surroundings,
    conflicts,
    expected_audiences,
)
from offenraum.seats.queries import checked_in_count

STEP_FREE = "step_free"


def draft_of(conference: Conference) -> dict[int, Placement]:
    """Topic id to placement, hidden and withdrawn topics left out."""
    placements = Placement.objects.filter(conference=conference, topic__state=Topic.State.RELEASED)
    placements = placements.select_related("topic", "slot", "room").prefetch_related("topic__hosts", "cells")
    return {placement.topic_id: placement for placement in placements}


def places_of_draft(conference: Conference) -> dict[int, Place]:
    return {topic: Place(p.slot_id, p.room_id) for topic, p in draft_of(conference).items()}


def spot_of(placement: Placement | None) -> Spot | None:
    """Where a placement is, as undo remembers it."""
    return Spot(placement.slot_id, placement.room_id, placement.is_pinned) if placement else None


def spots_of(topics: Iterable[int]) -> dict[int, Spot | None]:
    """Topic id to spot, None for a topic without a place."""
    known = {p.topic_id: p for p in Placement.objects.filter(topic__in=topics)}
    return {topic: spot_of(known.get(topic)) for topic in topics}


def placement_at(slot: Slot, room: Room) -> Placement | None:
    """What takes a cell of the draft."""
    return Placement.objects.select_related("topic").filter(cells__slot=slot, cells__room=room).first()


def host_key(host: TopicHost) -> str:
    """A host is a seat, else a name: two topics of one name are one person."""
    return f"seat-{host.seat_id}" if host.seat_id else f"name-{host.name.casefold()}"


def room_facts(room: Room) -> RoomFacts:
    features = frozenset(room.equipment) | ({STEP_FREE} if room.is_step_free else frozenset())
    return RoomFacts(places=room.places, features=features)


def absences_of(conference: Conference) -> dict[str, frozenset[int]]:
    """Host key to the slot ids in which that host is away."""
    away: dict[str, set[int]] = {}
    for absence in HostAbsence.objects.filter(seat__conference=conference):
        away.setdefault(f"seat-{absence.seat_id}", set()).add(absence.slot_id)
    return {host: frozenset(slots) for host, slots in away.items()}


@dataclass(frozen=True, slots=True)
class Around:
    """What a draft is judged by: the grid, rooms and absences, how many want each topic (by id), who could come."""

    grid: Grid
    surroundings: Surroundings
    wanted: Mapping[int, int]
    crowd: Crowd


def around_of(conference: Conference) -> Around:
    grid = grid_of(conference)
    surroundings = Surroundings(
        rooms={room.pk: room_facts(room) for room in grid.rooms}, closed=grid.closed, away=absences_of(conference)
    )
    known = tallies(conference)
    crowd = Crowd(
        wishes=list(wishes_by_seat(conference).values()), present=checked_in_count(conference=conference),
        tallied={topic: (tally.named, tally.total) for topic, tally in known.items()},
    )
    wanted = {topic: tally.total for topic, tally in known.items()}
    return Around(grid=grid, surroundings=surroundings, wanted=wanted, crowd=crowd)


def conflicts_of_draft(draft: Mapping[int, Placement], around: Around) -> list[Conflict]:
    """All conflicts of the draft (topic id to placement) as it stands."""
    expected = expected_audiences(topics_by_slot(draft.values()).values(), around.crowd)
    placed = [placed_of(placement, expected=expected.get(topic, 0)) for topic, placement in draft.items()]
    return conflicts(placed, around.surroundings)


def topics_by_slot(placements: Iterable[Placement]) -> dict[int, set[int]]:
    """Slot id to the ids of the topics that run in it."""
    running: dict[int, set[int]] = {}
    for placement in placements:
        for cell in placement.cells.all():
            running.setdefault(cell.slot_id, set()).add(placement.topic_id)
    return running


def slots_from(topic: Topic, slot: Slot, grid: Grid) -> list[Slot]:
    """The slots of the grid that a topic takes from this one on; fewer than its length when none follows."""
    following = [s for s in grid.slots if s.follows_id == slot.pk] if topic.length > 1 else []
    return [slot, *following[:1]]


def placed_of(placement: Placement, *, expected: int) -> Placed:
    return Placed(
        topic=placement.topic_id,
        slots=tuple(cell.slot_id for cell in placement.cells.all()),
        length=placement.topic.length,
        room=placement.room_id,
        hosts=frozenset(host_key(host) for host in placement.topic.hosts.all()),
        needs=frozenset(placement.topic.needs),
        expected=expected,
    )


def problem_of(conference: Conference, *, now_slot: Slot | None, keep_current: bool) -> dict[str, Any]:
    """The problem for the planner, in the JSON of docs/reference/plan.md; ids are database ids as text."""
    grid, draft = grid_of(conference), draft_of(conference)
    topics = topics_to_plan(conference)
    wanted, heads = tallies(conference), heads_of(conference)
    current = {str(t): {"slot": str(p.slot_id), "room": str(p.room_id)} for t, p in draft.items()}
    return {
        "slots": [slot_json(slot) for slot in grid.slots],
        "rooms": [room_json(room, grid) for room in grid.rooms],
        "topics": [
            topic_json(topic, draft.get(topic.pk), wanted) | {"heads": heads.get(topic.pk)} for topic in topics
        ],
        "hosts": hosts_json(conference, topics),
        "people": people_json(conference, topics),
        "apart": [],
        "current": current if keep_current else None,
        "now": str(now_slot.pk) if now_slot else None,
        "audience": min(checked_in_count(conference=conference), MOST_AUDIENCE),
    }


def topics_to_plan(conference: Conference) -> list[Topic]:
    released = Topic.objects.filter(conference=conference, state=Topic.State.RELEASED)
    return list(released.prefetch_related("hosts").order_by("number"))


def slot_json(slot: Slot) -> dict[str, Any]:
    return {
        "id": str(slot.pk),
        "start": slot.starts_at.isoformat(),
        "minutes": slot.minutes,
        "follows": str(slot.follows_id) if slot.follows_id else None,
    }


def room_json(room: Room, grid: Grid) -> dict[str, Any]:
    closed = [str(slot) for slot, of in sorted(grid.closed) if of == room.pk]
    facts = room_facts(room)
    return {"id": str(room.pk), "places": facts.places, "features": sorted(facts.features), "closed": closed}


def topic_json(topic: Topic, placement: Placement | None, wanted: dict[int, Any]) -> dict[str, Any]:
    is_pinned = placement is not None and placement.is_pinned
    tally = wanted.get(topic.pk)
    return {
        "id": str(topic.pk),
        "hosts": [host_key(host) for host in topic.hosts.all()],
        "length": topic.length,
        "features": sorted(topic.needs),
        "pin": {"slot": str(placement.slot_id), "room": str(placement.room_id)} if placement and is_pinned else None,
        "hands": tally.total - tally.named if tally else 0,
    }


def hosts_json(conference: Conference, topics: list[Topic]) -> list[dict[str, Any]]:
    away = absences_of(conference)
    seats = {host_key(host): host.seat_id for topic in topics for host in topic.hosts.all()}
    return [
        {
            "id": key,
            "away": [str(slot) for slot in sorted(away.get(key, frozenset()))],
            "person": f"seat-{seat}" if seat else None,
        }
        for key, seat in sorted(seats.items())
    ]


def people_json(conference: Conference, topics: list[Topic]) -> list[dict[str, Any]]:
    """One person a checked-in seat with wishes, and one a host with a seat, in a fixed order."""
    wishes: dict[int, dict[str, int]] = {
        host.seat_id: {} for topic in topics for host in topic.hosts.all() if host.seat_id
    }
    for seat, wished in wishes_by_seat(conference).items():
        wishes.setdefault(seat, {}).update({str(topic): weight for topic, weight in wished.items()})
    return [{"id": f"seat-{seat}", "wishes": dict(sorted(of.items()))} for seat, of in sorted(wishes.items())]
