"""The running day at the desk: what is on, where a hole is, what can be done with one session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference, Room, Slot
from offenraum.conference.queries import now_of
from offenraum.conference.queries.times import ENDED
from offenraum.programme.models import Edition, SessionFlag
from offenraum.programme.queries.published import latest_edition, places_of
from offenraum.programme.queries.scene import Scene, board_of, placed_in, scene_of
from offenraum.programme.rules import Place, Placed, changes_between
from offenraum.programme.rules.day import Phase, phase_of
from offenraum.programme.rules.repair import free_then, is_allowed, is_free, span

BEST = 4


@dataclass(frozen=True, slots=True)
class DaySession:
    """A session of the draft on the day's page."""

    topic: Topic
    room: Room
    expected: int
    phase: Phase | None
    flags: tuple[SessionFlag, ...]
    is_continued: bool


@dataclass(frozen=True, slots=True)
class DayRow:
    """One slot that is not over, or has just ended: its sessions, and the rooms that are free then."""

    slot: Slot
    is_running: bool
    sessions: tuple[DaySession, ...]
    free: tuple[Room, ...]


@dataclass(frozen=True, slots=True)
class DeskDay:
    """What the day's page shows."""

    rows: tuple[DayRow, ...]
    edition: Edition | None
    change_count: int
    parked: int


def day_of(conference: Conference) -> DeskDay:
    """Everything from now on, as the draft has it."""
    scene = scene_of(conference, now=now_of(conference))
    edition = latest_edition(conference)
    flags = flags_of(conference)
    placed = placed_in(scene, scene.places)
    shown = [slot for slot in scene.around.grid.slots if slot.ends_at + ENDED > scene.now]
    return DeskDay(
        rows=tuple(row_of(scene, slot, placed, flags) for slot in shown),
        edition=edition, change_count=len(changes_between(places_of(edition), scene.places)) if edition else 0,
        parked=len(scene.topics) - len(scene.places),
    )


def flags_of(conference: Conference) -> dict[int, tuple[SessionFlag, ...]]:
    found: dict[int, tuple[SessionFlag, ...]] = {}
    for flag in SessionFlag.objects.filter(conference=conference):
        found[flag.topic_id] = (*found.get(flag.topic_id, ()), flag)
    return found


def row_of(
    scene: Scene, slot: Slot, placed: list[Placed], flags: Mapping[int, tuple[SessionFlag, ...]]
) -> DayRow:
    here = [one for one in placed if slot.pk in one.slots]
    taken = {one.room for one in here}
    has_begun = slot.starts_at <= scene.now
    sessions = [day_session(scene, one, slot, flags.get(one.topic, ())) for one in here]
    closed = scene.around.grid.closed
    free = [r for r in scene.around.grid.rooms if r.pk not in taken and (slot.pk, r.pk) not in closed]
    return DayRow(
        slot=slot, is_running=has_begun and slot.ends_at > scene.now, free=() if has_begun else tuple(free),
        sessions=tuple(sorted(sessions, key=lambda one: one.room.position)),
    )


def day_session(scene: Scene, one: Placed, slot: Slot, flags: tuple[SessionFlag, ...]) -> DaySession:
    ends_at = max(scene.slot(each).ends_at for each in one.slots)
    has_begun = scene.slot(one.slots[0]).starts_at <= scene.now
    return DaySession(
        topic=scene.topic(one.topic), room=scene.room(one.room), expected=one.expected,
        phase=phase_of(ends_at=ends_at, now=scene.now) if has_begun else None, flags=flags,
        is_continued=one.slots[0] != slot.pk,
    )


@dataclass(frozen=True, slots=True)
class Alternative:
    """A session at the same time that still has room."""

    topic: Topic
    room: Room
    left: int


@dataclass(frozen=True, slots=True)
class Again:
    """A place for a repetition, and how many people could come who missed the session."""

    slot: Slot
    room: Room
    people: int


@dataclass(frozen=True, slots=True)
class Choices:
    """One session and everything that can be done with it now."""

    topic: Topic
    place: Place | None
    slot: Slot | None
    room: Room | None
    has_begun: bool
    is_over: bool
    expected: int
    kinds: frozenset[str]
    partners: tuple[tuple[Topic, Slot, Room], ...]
    repeats: tuple[Again, ...]
    alternatives: tuple[Alternative, ...]


def choices_for(conference: Conference, topic: Topic) -> Choices:
    scene = scene_of(conference, now=now_of(conference))
    placed = {one.topic: one for one in placed_in(scene, scene.places)}
    place, here = scene.places.get(topic.pk), placed.get(topic.pk)
    slot = scene.slot(place.slot) if place else None
    ends = [scene.slot(each).ends_at for each in here.slots] if here else []
    return Choices(
        topic=topic, place=place, slot=slot, room=scene.room(place.room) if place else None,
        has_begun=slot is not None and slot.starts_at <= scene.now,
        is_over=bool(ends) and max(ends) + ENDED <= scene.now, expected=here.expected if here else 0,
        kinds=frozenset(flag.kind for flag in flags_of(conference).get(topic.pk, ())),
        partners=partners_of(scene, topic), repeats=repeats_of(scene, list(placed.values()), here),
        alternatives=alternatives_to(scene, list(placed.values()), here),
    )


def partners_of(scene: Scene, topic: Topic) -> tuple[tuple[Topic, Slot, Room], ...]:
    """Sessions at other times that have not begun."""
    own = scene.places.get(topic.pk)
    coming = {slot.pk for slot in scene.open_slots}
    return tuple(
        (scene.topic(key), scene.slot(place.slot), scene.room(place.room))
        for key, place in sorted(scene.places.items(), key=lambda item: (scene.slot(item[1].slot).starts_at, item[0]))
        if own and place.slot in coming and own.slot in coming and place.slot != own.slot
    )


def repeats_of(scene: Scene, placed: list[Placed], here: Placed | None) -> tuple[Again, ...]:
    """Free places at which the hosts have time, those first at which most people can come who were torn."""
    if here is None:
        return ()
    board = board_of(scene, placed)
    wishes = scene.around.crowd.wishes
    found = []
    for slot in scene.open_slots:
        slots = span(board, slot.pk, here.length)
        beside = {one.topic for one in placed if set(one.slots) & set(slots)} - {here.topic}
        people = free_then(here.topic, beside, wishes)
        for room in scene.around.grid.rooms if slots and slot.pk not in here.slots else ():
            there = Placed(
                topic=0, slots=slots, length=here.length, room=room.pk, hosts=here.hosts, needs=here.needs, expected=0
            )
            if is_free(board, there) and is_allowed(board, there):
                found.append(Again(slot, room, people))
    return tuple(sorted(found, key=lambda a: (-min(a.people, a.room.places), a.slot.starts_at, a.room.position))[:BEST])


def alternatives_to(scene: Scene, placed: list[Placed], here: Placed | None) -> tuple[Alternative, ...]:
    """Sessions of the same time with seats left, the most seats first; none that is full itself."""
    if here is None:
        return ()
    full = {topic for topic, flags in flags_of(scene.conference).items() if any(f.kind == "full" for f in flags)}
    found = [
        Alternative(scene.topic(one.topic), scene.room(one.room), scene.room(one.room).places - one.expected)
        for one in placed
        if one.topic != here.topic and set(one.slots) & set(here.slots) and one.topic not in full
    ]
    return tuple(sorted((one for one in found if one.left > 0), key=lambda one: -one.left))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A topic of the parking lot for a hole: who is free then and wants it; what stands against it."""

    topic: Topic
    free_people: int
    wanted: int


def candidates_for(conference: Conference, slot: Slot, room: Room) -> list[Candidate]:
    """The best topics for a hole: those first that most people want who are free then; none that breaks a rule."""
    scene = scene_of(conference, now=now_of(conference))
    placed = placed_in(scene, scene.places)
    board = board_of(scene, placed)
    beside = {one.topic for one in placed if slot.pk in one.slots}
    parked = {key: Place(slot.pk, room.pk) for key in scene.topics if key not in scene.places}
    found = [
        Candidate(
            scene.topic(one.topic), free_then(one.topic, beside, scene.around.crowd.wishes),
            scene.around.wanted.get(one.topic, 0),
        )
        for one in placed_in(scene, parked)
        if len(one.slots) == one.length and is_free(board, one) and is_allowed(board, one)
    ]
    return sorted(found, key=lambda one: (-one.free_people, -one.wanted, one.topic.number))
