"""The draft as a change of the day finds it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from offenraum.barcamp.models import Topic
from offenraum.barcamp.queries import public_topics
from offenraum.conference.models import Conference, Room, Slot
from offenraum.programme.models import Placement
from offenraum.programme.queries.draft import Around, around_of, draft_of, host_key, slots_from
from offenraum.programme.rules import Conflict, Place, Placed, conflicts, expected_audiences
from offenraum.programme.rules.day import COPY
from offenraum.programme.rules.repair import Board

T = TypeVar("T")


class Impossible(Exception):
    """A change of the day that makes no sense as things stand; the message says why."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Scene:
    """The draft's sessions, what they are judged by, and the time."""

    conference: Conference
    topics: Mapping[int, Topic]
    draft: Mapping[int, Placement]
    around: Around
    now: datetime

    @property
    def places(self) -> dict[int, Place]:
        return {topic: Place(p.slot_id, p.room_id) for topic, p in self.draft.items()}

    @property
    def open_slots(self) -> list[Slot]:
        return [slot for slot in self.around.grid.slots if slot.starts_at > self.now]

    def slot(self, key: int) -> Slot:
        return known(key, {slot.pk: slot for slot in self.around.grid.slots})

    def room(self, key: int) -> Room:
        return known(key, {room.pk: room for room in self.around.grid.rooms})

    def topic(self, key: int) -> Topic:
        return known(key, self.topics)

    def open_slot(self, key: int) -> Slot:
        slot = self.slot(key)
        if slot.starts_at <= self.now:
            raise Impossible(_("This time has begun already."))
        return slot

    def coming(self, key: int) -> Place:
        """Where a session is that has not begun."""
        place = self.places.get(key)
        if place is None:
            raise Impossible(_("This topic has no place in the plan."))
        if self.slot(place.slot).starts_at <= self.now:
            raise Impossible(_("This session has begun; what runs does not move."))
        return place

    def slots_of(self, topic: Topic, slot: int) -> tuple[int, ...]:
        return tuple(each.pk for each in slots_from(topic, self.slot(slot), self.around.grid))

    def closing(self, cells: Iterable[tuple[int, int]]) -> Scene:
        """The same with more (slot, room) pairs closed."""
        around = self.around
        surroundings = replace(around.surroundings, closed=around.surroundings.closed | set(cells))
        return replace(self, around=replace(around, surroundings=surroundings))


def known(key: int, among: Mapping[int, T]) -> T:
    if key not in among:
        raise Impossible(_("What you chose is not there any more."))
    return among[key]


def scene_of(conference: Conference, *, now: datetime) -> Scene:
    return Scene(
        conference=conference, topics={topic.pk: topic for topic in public_topics(conference)},
        draft=draft_of(conference), around=around_of(conference), now=now,
    )


def placed_in(scene: Scene, places: Mapping[int, Place], *, original: int = 0) -> list[Placed]:
    """A plan with all that can clash; the topic COPY is a repetition of `original`."""
    bare = [bare_session(scene, topic, place, original) for topic, place in sorted(places.items())]
    running: dict[int, set[int]] = {}
    for one in bare:
        for slot in one.slots:
            running.setdefault(slot, set()).add(one.topic)
    expected = expected_audiences(running.values(), scene.around.crowd)
    return [replace(one, expected=expected.get(one.topic, 0)) for one in bare]


def bare_session(scene: Scene, key: int, place: Place, original: int) -> Placed:
    topic = scene.topic(original if key == COPY else key)
    return Placed(
        topic=key, slots=scene.slots_of(topic, place.slot), length=topic.length, room=place.room,
        hosts=frozenset(host_key(host) for host in topic.hosts.all()), needs=frozenset(topic.needs), expected=0,
    )


def board_of(scene: Scene, sessions: Iterable[Placed]) -> Board:
    """What the fewest moves are looked for on."""
    return Board(
        sessions=tuple(sessions), around=scene.around.surroundings,
        open_slots=tuple(slot.pk for slot in scene.open_slots),
        follows={slot.follows_id: slot.pk for slot in scene.around.grid.slots if slot.follows_id},
        pinned=frozenset(topic for topic, placement in scene.draft.items() if placement.is_pinned),
        wishes=scene.around.crowd.wishes,
    )


def new_conflicts(scene: Scene, before: Iterable[Placed], after: Iterable[Placed]) -> list[Conflict]:
    """What is wrong afterwards that was not wrong before."""
    around = scene.around.surroundings
    old = {(one.kind, one.topic, one.other) for one in conflicts(before, around)}
    return [one for one in conflicts(after, around) if (one.kind, one.topic, one.other) not in old]
