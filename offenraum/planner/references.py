"""Does a problem hold together? Every id that is named must exist, once, and the past must be possible."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from offenraum.planner.problem import BrokenInput, Cell, Problem, Slot


def check_references(problem: Problem) -> None:
    """Raise BrokenInput for the first id that is unknown or double, and for slots out of order."""
    for name in ("slots", "rooms"):
        if not getattr(problem, name):
            raise BrokenInput(name, "must not be empty: without them there is nothing to plan")
    for name in ("slots", "rooms", "topics", "people", "hosts", "resources"):
        _once([item.id for item in getattr(problem, name)], name)
    _check_slots(problem.slots)
    _check_rooms_and_hosts(problem)
    _check_topics(problem)
    _check_people(problem)
    _check_day(problem)


def _once(ids: Sequence[str], name: str) -> None:
    first: dict[str, int] = {}
    for place, id_ in enumerate(ids):
        if id_ in first:
            raise BrokenInput(f"{name}[{place}].id", f"{id_!r} is also the id of {name}[{first[id_]}]")
        first[id_] = place


def _check_slots(slots: tuple[Slot, ...]) -> None:
    for place, (before, after) in enumerate(pairwise(slots), start=1):
        if after.start < before.start:
            raise BrokenInput(
                f"slots[{place}].start", f"{after.id!r} begins before {before.id!r}: slots must be in time order"
            )
    followed: dict[str, str] = {}
    for place, slot in enumerate(slots):
        if slot.follows is None:
            continue
        path = f"slots[{place}].follows"
        _known([slot.follows], {earlier.id for earlier in slots[:place]}, path, "earlier slot")
        if slot.follows in followed:
            raise BrokenInput(path, f"{slot.follows!r} is already followed by {followed[slot.follows]!r}")
        followed[slot.follows] = slot.id


def _check_rooms_and_hosts(problem: Problem) -> None:
    slots = {slot.id for slot in problem.slots}
    people = {person.id for person in problem.people}
    for place, room in enumerate(problem.rooms):
        _known(sorted(room.closed), slots, f"rooms[{place}].closed", "slot")
    for place, host in enumerate(problem.hosts):
        _known(sorted(host.away), slots, f"hosts[{place}].away", "slot")
        if host.person is not None:
            _known([host.person], people, f"hosts[{place}].person", "person")


def _check_topics(problem: Problem) -> None:
    hosts = {host.id for host in problem.hosts}
    resources = {resource.id for resource in problem.resources}
    slots = {slot.id for slot in problem.slots}
    rooms = {room.id for room in problem.rooms}
    for place, topic in enumerate(problem.topics):
        _known(topic.hosts, hosts, f"topics[{place}].hosts", "host")
        _known(topic.resources, resources, f"topics[{place}].resources", "resource")
        if topic.pin:
            _known([topic.pin.slot], slots, f"topics[{place}].pin.slot", "slot")
            _known([topic.pin.room] if topic.pin.room else [], rooms, f"topics[{place}].pin.room", "room")


def _check_people(problem: Problem) -> None:
    topics = {topic.id for topic in problem.topics}
    for place, person in enumerate(problem.people):
        _known(person.wishes, topics, f"people[{place}].wishes", "topic")
    for place, pair in enumerate(problem.apart):
        _known(pair, topics, f"apart[{place}]", "topic")


def _check_day(problem: Problem) -> None:
    slots = {slot.id for slot in problem.slots}
    if problem.now is not None:
        _known([problem.now], slots, "now", "slot")
    current = problem.current or {}
    _known(current, {topic.id for topic in problem.topics}, "current", "topic")
    for topic, cell in current.items():
        _known([cell.slot], slots, f"current.{topic}.slot", "slot")
        _known([cell.room], {room.id for room in problem.rooms}, f"current.{topic}.room", "room")
    _check_past(problem, current)


def _check_past(problem: Problem, current: Mapping[str, Cell]) -> None:
    """What has begun cannot be moved, so it must be possible as it is: one session in a room at a time."""
    lengths = {topic.id: topic.length for topic in problem.topics}
    next_slot = {slot.follows: slot.id for slot in problem.slots if slot.follows}
    taken: dict[Cell, str] = {}
    for topic in past_topics(problem):
        cell = current[topic]
        second = next_slot.get(cell.slot) if lengths[topic] == 2 else None
        if lengths[topic] == 2 and second is None:
            raise BrokenInput(f"current.{topic}.slot", f"no slot follows {cell.slot!r}, and {topic!r} takes two")
        for half in [cell, *([Cell(second, cell.room)] if second else [])]:
            if half in taken:
                raise BrokenInput(f"current.{topic}", f"{half.room!r} already holds {taken[half]!r} in {half.slot!r}")
            taken[half] = topic


def past_topics(problem: Problem) -> list[str]:
    """The topics whose first slot lies before `now`; they stay where they are."""
    if problem.now is None or not problem.current:
        return []
    order = {slot.id: place for place, slot in enumerate(problem.slots)}
    return [topic for topic, cell in problem.current.items() if order[cell.slot] < order[problem.now]]


def _known(ids: Iterable[str], known: Collection[str], path: str, noun: str) -> None:
    for id_ in ids:
        if id_ not in known:
            raise BrokenInput(path, f"{id_!r} is not the id of any {noun}")
