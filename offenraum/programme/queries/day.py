"""What a change of the day would do: the plan before and after, who gains and loses, what would be wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference, Slot
from offenraum.programme.models import Edition, PlanRun
from offenraum.programme.queries.draft import problem_of
from offenraum.programme.queries.plan_runs import planned_places
from offenraum.programme.queries.published import latest_edition, places_of
from offenraum.programme.queries.scene import Impossible, Scene, board_of, new_conflicts, placed_in, scene_of
from offenraum.programme.rules import Change, Conflict, ConflictKind, Place, Placed, changes_between, mark_of
from offenraum.programme.rules.day import COPY, DayChange, DayKind
from offenraum.programme.rules.repair import Effect, effect_of, free_then, relocated

Places = dict[int, Place]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """A change before it is accepted; `seen` and `then` are the marks of the draft before and after."""

    change: DayChange
    scene: Scene
    before: Places
    after: Places
    closing: tuple[tuple[int, int], ...]
    held_in_foyer: tuple[int, ...]
    effect: Effect
    conflicts: tuple[Conflict, ...]
    latest: Edition | None

    @property
    def seen(self) -> str:
        return mark_of(self.before)

    @property
    def then(self) -> str:
        return mark_of(self.after)

    @property
    def changes(self) -> list[Change]:
        return changes_between(self.before, self.after)

    @property
    def unpublished(self) -> list[Change]:
        """What publishing brings beside this change."""
        return changes_between(places_of(self.latest), self.before) if self.latest else []

    @property
    def broken(self) -> list[Conflict]:
        """Why it cannot be done: a rule that must hold; a small room is only a price."""
        return [one for one in self.conflicts if one.kind is not ConflictKind.ROOM_SMALL]


def outlook_of(
    conference: Conference, change: DayChange, *, now: datetime, run: PlanRun | None = None
) -> Outlook:
    """What this change would do as things stand; with a finished run of the planner, in the planner's way."""
    scene = scene_of(conference, now=now)
    closing = lost_cells(scene, change) if change.kind is DayKind.ROOM else ()
    changed = scene.closing(closing)
    after = planned_places(run) if run else AFTER[change.kind](changed, change)
    before = scene.places
    old = placed_in(scene, before)
    new = placed_in(scene, {topic: place for topic, place in after.items() if is_known(scene, topic)},
                    original=change.topic)
    return Outlook(
        change=change, scene=scene, before=before, after=after, closing=closing,
        held_in_foyer=running_in(scene, change) if change.kind is DayKind.ROOM else (),
        effect=effect_between(scene, old, new, change),
        conflicts=tuple(one for one in new_conflicts(changed, old, new) if one.topic not in running_topics(scene)),
        latest=latest_edition(conference),
    )


def is_known(scene: Scene, topic: int) -> bool:
    return topic == COPY or topic in scene.topics


def running_topics(scene: Scene) -> set[int]:
    """Sessions that have begun."""
    return {topic for topic, place in scene.places.items() if scene.slot(place.slot).starts_at <= scene.now}


def lost_cells(scene: Scene, change: DayChange) -> tuple[tuple[int, int], ...]:
    """The open (slot, room) pairs of a day from the time on at which a room is lost."""
    first, room = scene.slot(change.slot), scene.room(change.room)
    later = [slot for slot in scene.open_slots if slot.day_id == first.day_id and slot.starts_at >= first.starts_at]
    return tuple((slot.pk, room.pk) for slot in later)


def running_in(scene: Scene, change: DayChange) -> tuple[int, ...]:
    """Sessions that run in the lost room now: they do not move in the plan, they go on in the foyer."""
    first = scene.slot(change.slot)
    if first.starts_at > scene.now:
        return ()
    here = [topic for topic in running_topics(scene) if scene.places[topic].room == change.room]
    return tuple(topic for topic in here if end_of(scene, topic) > scene.now)


def end_of(scene: Scene, topic: int) -> datetime:
    slots = scene.slots_of(scene.topic(topic), scene.places[topic].slot)
    return max(scene.slot(slot).ends_at for slot in slots)


def without_topic(scene: Scene, change: DayChange) -> Places:
    scene.coming(change.topic)
    return {topic: place for topic, place in scene.places.items() if topic != change.topic}


def without_room(scene: Scene, change: DayChange) -> Places:
    """Whatever is in the lost room later goes elsewhere with the fewest moves."""
    scene.room(change.room)
    lost = {slot for slot, room in lost_cells(scene, change)}
    sessions = placed_in(scene, scene.places)
    begun = running_topics(scene)
    displaced = [
        one.topic for one in sessions if one.room == change.room and set(one.slots) & lost and one.topic not in begun
    ]
    found = relocated(board_of(scene, sessions), displaced)
    after = scene.places | {topic: place for topic, place in found.items() if place}
    return {topic: place for topic, place in after.items() if found.get(topic, place) is not None}


def with_topic(scene: Scene, change: DayChange) -> Places:
    """A topic of the parking lot fills a hole."""
    topic, slot = scene.topic(change.topic), scene.open_slot(change.slot)
    if topic.pk in scene.places:
        raise Impossible(_("This topic has a place already."))
    return put_into(scene, topic.pk, topic.pk, slot, change.room)


def with_copy(scene: Scene, change: DayChange) -> Places:
    topic, slot = scene.topic(change.topic), scene.open_slot(change.slot)
    if topic.pk not in scene.places:
        raise Impossible(_("This topic has no place in the plan."))
    return put_into(scene, COPY, topic.pk, slot, change.room)


def put_into(scene: Scene, key: int, original: int, slot: Slot, room: int) -> Places:
    scene.room(room)
    wanted = set(scene.slots_of(scene.topic(original), slot.pk))
    if any(one.room == room and set(one.slots) & wanted for one in placed_in(scene, scene.places)):
        raise Impossible(_("Another session already has this room at this time."))
    return scene.places | {key: Place(slot.pk, room)}


def swapped(scene: Scene, change: DayChange) -> Places:
    if change.topic == change.other:
        raise Impossible(_("Please choose two different sessions."))
    one, two = scene.coming(change.topic), scene.coming(change.other)
    after = scene.places | {change.topic: two, change.other: one}
    if overlapping(placed_in(scene, after)):
        raise Impossible(_("One of the two takes two slots and does not fit there."))
    return after


def overlapping(sessions: Iterable[Placed]) -> bool:
    taken = [(slot, one.room) for one in sessions for slot in one.slots]
    return len(taken) != len(set(taken))


AFTER: Final[Mapping[DayKind, Callable[[Scene, DayChange], Places]]] = {
    DayKind.WITHDRAW: without_topic, DayKind.ROOM: without_room, DayKind.FILL: with_topic,
    DayKind.REPEAT: with_copy, DayKind.SWAP: swapped,
}


def effect_between(scene: Scene, old: list[Placed], new: list[Placed], change: DayChange) -> Effect:
    wishes = scene.around.crowd.wishes
    if change.kind is DayKind.REPEAT:
        beside = beside_copy(new, change.topic)
        missed = torn_people(scene, old, change.topic)
        return Effect(gain=free_then(change.topic, beside, missed), lose=0)
    return effect_of(wishes, by_slot(old).values(), by_slot(new).values())


def beside_copy(new: list[Placed], original: int) -> set[int]:
    """What runs at the time of a repetition."""
    slots = {slot for one in new if one.topic == COPY for slot in one.slots}
    return {one.topic for one in new if set(one.slots) & slots} - {COPY, original}


def torn_people(scene: Scene, old: list[Placed], topic: int) -> list[Mapping[int, int]]:
    """The wishes of those who want a session and something else at its time."""
    slots = {slot for one in old if one.topic == topic for slot in one.slots}
    beside = {one.topic for one in old if one.topic != topic and set(one.slots) & slots}
    return [wished for wished in scene.around.crowd.wishes if topic in wished and beside & wished.keys()]


def by_slot(sessions: Iterable[Placed]) -> dict[int, set[int]]:
    running: dict[int, set[int]] = {}
    for one in sessions:
        for slot in one.slots:
            running.setdefault(slot, set()).add(one.topic)
    return running


def problem_after(outlook: Outlook) -> dict[str, Any]:
    """The planner's problem as if the change had happened: what is in the plan now, and what must move has no place.

    Topics of the parking lot stay there: the planner shall repair, not surprise.
    """
    scene = outlook.scene
    first_open = next(iter(scene.open_slots), None)
    problem = problem_of(scene.conference, now_slot=first_open, keep_current=True)
    topics = {str(topic) for topic in outlook.before} - gone_with(outlook)
    stays = topics - {str(change.topic) for change in outlook.changes}
    return problem | {
        "rooms": [with_closed(room, outlook.closing) for room in problem["rooms"]],
        "topics": [
            topic if topic["id"] in stays else topic | {"pin": None}
            for topic in problem["topics"] if topic["id"] in topics
        ],
        "people": [person | {"wishes": among(person["wishes"], topics)} for person in problem["people"]],
        "current": among(problem["current"], stays),
    }


def gone_with(outlook: Outlook) -> set[str]:
    return {str(outlook.change.topic)} if outlook.change.kind is DayKind.WITHDRAW else set()


def with_closed(room: dict[str, Any], cells: Iterable[tuple[int, int]]) -> dict[str, Any]:
    more = {str(slot) for slot, of in cells if str(of) == room["id"]}
    return room | {"closed": sorted({*room["closed"], *more})}


def among(values: Mapping[str, Any], keys: set[str]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key in keys}
