"""Write a problem as the JSON that `reading` reads."""

from __future__ import annotations

from offenraum.planner.canonical import Json
from offenraum.planner.problem import Cell, Person, Problem, Room, Slot, Topic


def problem_document(problem: Problem) -> dict[str, Json]:
    """The problem as JSON value, complete, with every list of a set in sorted order."""
    return {
        "slots": [_slot(slot) for slot in problem.slots],
        "rooms": [_room(room) for room in problem.rooms],
        "topics": [_topic(topic) for topic in problem.topics],
        "hosts": [{"id": host.id, "away": _sorted(host.away), "person": host.person} for host in problem.hosts],
        "people": [_person(person) for person in problem.people if not person.is_forecast],
        "resources": [{"id": resource.id, "per_slot": resource.per_slot} for resource in problem.resources],
        "apart": [list(pair) for pair in problem.apart],
        "current": None if problem.current is None else {topic: _cell(at) for topic, at in problem.current.items()},
        "now": problem.now,
        "audience": problem.audience,
    }


def _slot(slot: Slot) -> Json:
    return {"id": slot.id, "start": slot.start.isoformat(), "minutes": slot.minutes, "follows": slot.follows}


def _room(room: Room) -> Json:
    return {"id": room.id, "places": room.places, "features": _sorted(room.features), "closed": _sorted(room.closed)}


def _topic(topic: Topic) -> Json:
    return {
        "id": topic.id,
        "hosts": list(topic.hosts),
        "length": topic.length,
        "features": _sorted(topic.features),
        "pin": {"slot": topic.pin.slot, "room": topic.pin.room} if topic.pin else None,
        "hands": topic.hands,
        "resources": list(topic.resources),
        "theme": topic.theme,
        "heads": topic.heads,
    }


def _person(person: Person) -> Json:
    return {"id": person.id, "wishes": dict(person.wishes), "needs": _sorted(person.needs)}


def _cell(cell: Cell) -> Json:
    return {"slot": cell.slot, "room": cell.room}


def _sorted(values: frozenset[str]) -> list[Json]:
    return [*sorted(values)]
