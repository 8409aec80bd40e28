"""Placing and moving topics in the desk's draft; one cell has one winner, a stale change is refused."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from offenraum.barcamp.actions.topics import Stale
from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference, Room, Slot
from offenraum.live.changes import announce
from offenraum.programme.models import Cell, Placement
from offenraum.programme.rules import Place


class Taken(Exception):
    """Another session already has this room at this time."""

    message = _("Another session already has this room at this time.")


@transaction.atomic
def place_topic(*, topic: Topic, slot: Slot, room: Room, seen: int | None) -> Placement:
    """Put a topic into a cell. `seen` is the version of the placement that the moderator saw, None for not placed."""
    placement = claim(topic=topic, slot=slot, room=room, seen=seen)
    fill_cells(placement=placement, slots=slots_taken(topic=topic, slot=slot), room=room)
    announce(scope=topic.conference.slug, topics=["plan"])
    return placement


def claim(*, topic: Topic, slot: Slot, room: Room, seen: int | None) -> Placement:
    """Move the placement if it is still as seen, or make it if there is still none."""
    if seen is None:
        placement, is_new = Placement.objects.get_or_create(
            topic=topic, defaults={"conference": topic.conference, "slot": slot, "room": room}
        )
        if not is_new:
            raise Stale
        return placement
    moved = Placement.objects.filter(topic=topic, version=seen).update(slot=slot, room=room, version=F("version") + 1)
    if not moved:
        raise Stale
    return Placement.objects.get(topic=topic)


def fill_cells(*, placement: Placement, slots: list[Slot], room: Room) -> None:
    placement.cells.all().delete()
    try:
        with transaction.atomic():
            Cell.objects.bulk_create([Cell(placement=placement, slot=slot, room=room) for slot in slots])
    except IntegrityError as error:
        raise Taken from error


def slots_taken(*, topic: Topic, slot: Slot) -> list[Slot]:
    """The slots that a topic takes from this one on."""
    following = Slot.objects.filter(follows=slot).first() if topic.length > 1 else None
    return [slot, following] if following else [slot]


@transaction.atomic
def remove_placement(*, topic: Topic, seen: int) -> None:
    """Take a topic out of the draft, back to the parking lot."""
    deleted, _rows = Placement.objects.filter(topic=topic, version=seen).delete()
    if not deleted:
        raise Stale
    announce(scope=topic.conference.slug, topics=["plan"])


@transaction.atomic
def swap_topics(*, topic: Topic, seen: int, other: Topic, other_seen: int) -> None:
    """Two placed topics change places."""
    one, two = Placement.objects.get(topic=topic), Placement.objects.get(topic=other)
    if (one.version, two.version) != (seen, other_seen):
        raise Stale
    Cell.objects.filter(placement__in=[one, two]).delete()
    place_topic(topic=topic, slot=two.slot, room=two.room, seen=seen)
    place_topic(topic=other, slot=one.slot, room=one.room, seen=other_seen)


@transaction.atomic
def pin_placement(*, topic: Topic, is_pinned: bool, seen: int) -> None:
    """A pinned session stays where it is when the planner runs again."""
    changed = Placement.objects.filter(topic=topic, version=seen).update(
        is_pinned=is_pinned, version=F("version") + 1
    )
    if not changed:
        raise Stale
    announce(scope=topic.conference.slug, topics=["plan"])


@transaction.atomic
def take_over_plan(*, conference: Conference, places: Mapping[int, Place]) -> None:
    """Make the draft equal to a plan (topic id to place); pins stay set on topics that keep their place."""
    Conference.objects.select_for_update().get(pk=conference.pk)
    pinned = dict(Placement.objects.filter(conference=conference, is_pinned=True).values_list("topic_id", "version"))
    Placement.objects.filter(conference=conference).delete()
    slots = {s.pk: s for s in Slot.objects.filter(conference=conference)}
    rooms = {r.pk: r for r in Room.objects.filter(conference=conference)}
    topics = Topic.objects.filter(conference=conference, pk__in=places, state=Topic.State.RELEASED)
    for topic in topics:
        place = places[topic.pk]
        made = place_topic(topic=topic, slot=slots[place.slot], room=rooms[place.room], seen=None)
        Placement.objects.filter(pk=made.pk).update(is_pinned=topic.pk in pinned)
    announce(scope=conference.slug, topics=["plan"])
