"""Placing and moving topics in the desk's draft; one cell has one winner, a stale change is refused."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from offenraum.barcamp.actions.topics import Stale
from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference, Room, RoomClosure, Slot
from offenraum.live.changes import announce
from offenraum.programme.models import Cell, Placement
from offenraum.programme.queries.draft import places_of_draft, spot_of
from offenraum.programme.rules import Place, Spot, mark_of


class Taken(Exception):
    """Another session already has this room at this time."""

    message = _("Another session already has this room at this time.")


class NoSuchCell(Exception):
    """A cell that cannot be used: the room is closed then, or the topic is not up for the programme."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


def lock_draft(conference_id: int) -> None:
    """Changes of one draft wait for each other, so that each is judged by what the one before has left."""
    Conference.objects.select_for_update(no_key=True).get(pk=conference_id)


@transaction.atomic
def place_topic(*, topic: Topic, slot: Slot, room: Room, seen: int | None) -> Placement:
    """Put a topic into a cell. `seen` is the version of the placement that the moderator saw, None for not placed."""
    lock_draft(topic.conference_id)
    refuse_unusable(topic=topic, slot=slot, room=room)
    placement = claim(topic=topic, slot=slot, room=room, seen=seen)
    fill_cells(placement=placement, slots=slots_taken(topic=topic, slot=slot), room=room)
    announce(scope=topic.conference.slug, topics=["plan"])
    return placement


def refuse_unusable(*, topic: Topic, slot: Slot, room: Room) -> None:
    if not Topic.objects.filter(pk=topic.pk, state=Topic.State.RELEASED).exists():
        raise NoSuchCell(_("This topic is hidden or withdrawn."))
    if RoomClosure.objects.filter(room=room, slot__in=slots_taken(topic=topic, slot=slot)).exists():
        raise NoSuchCell(_("This room is closed at this time."))


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
    evict_hidden(slots=slots, room=room)
    try:
        with transaction.atomic():
            Cell.objects.bulk_create([Cell(placement=placement, slot=slot, room=room) for slot in slots])
    except IntegrityError as error:
        raise Taken from error


def evict_hidden(*, slots: list[Slot], room: Room) -> None:
    """A hidden or withdrawn topic holds no place that somebody can see, so it gives way."""
    there = Placement.objects.filter(cells__slot__in=slots, cells__room=room)
    hidden = there.exclude(topic__state=Topic.State.RELEASED)
    Placement.objects.filter(pk__in=list(hidden.values_list("pk", flat=True))).delete()


def slots_taken(*, topic: Topic, slot: Slot) -> list[Slot]:
    """The slots that a topic takes from this one on."""
    following = Slot.objects.filter(follows=slot).first() if topic.length > 1 else None
    return [slot, following] if following else [slot]


@transaction.atomic
def remove_placement(*, topic: Topic, seen: int) -> None:
    """Take a topic out of the draft, back to the parking lot."""
    lock_draft(topic.conference_id)
    deleted, _rows = Placement.objects.filter(topic=topic, version=seen).delete()
    if not deleted:
        raise Stale
    announce(scope=topic.conference.slug, topics=["plan"])


@transaction.atomic
def swap_topics(*, topic: Topic, seen: int, other: Topic, other_seen: int) -> None:
    """Two placed topics change places."""
    lock_draft(topic.conference_id)
    placed = {p.topic_id: p for p in Placement.objects.filter(topic__in=[topic, other]).select_related("slot", "room")}
    one, two = placed.get(topic.pk), placed.get(other.pk)
    if one is None or two is None or one == two or (one.version, two.version) != (seen, other_seen):
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
def restore_spots(
    *, conference: Conference, steps: Mapping[Topic, tuple[Spot | None, Spot | None]]
) -> None:
    """Undo a change of several topics at once: each from where the change has put it to where it was."""
    lock_draft(conference.pk)
    Cell.objects.filter(placement__topic__in=steps).delete()
    for topic, (was, now_at) in steps.items():
        restore_spot(topic=topic, was=was, now_at=now_at)


@transaction.atomic
def restore_spot(*, topic: Topic, was: Spot | None, now_at: Spot | None) -> None:
    """Undo: put a topic back to where it was, if it is still where the change has put it (None: not placed)."""
    lock_draft(topic.conference_id)
    placement = Placement.objects.filter(topic=topic).first()
    if spot_of(placement) != now_at:
        raise Stale
    version = placement.version if placement else None
    if was is None:
        if version is not None:
            remove_placement(topic=topic, seen=version)
        return
    slot = Slot.objects.get(conference=topic.conference, pk=was.slot)
    room = Room.objects.get(conference=topic.conference, pk=was.room)
    place_topic(topic=topic, slot=slot, room=room, seen=version)
    Placement.objects.filter(topic=topic).update(is_pinned=was.is_pinned)


@transaction.atomic
def take_over_plan(*, conference: Conference, places: Mapping[int, Place], seen: str | None = None) -> None:
    """Make the draft equal to a plan (topic id to place); pins stay set on topics that keep their place.

    `seen` is the mark of the draft that the moderator compared the plan with; None: whatever the draft is.
    """
    lock_draft(conference.pk)
    if seen is not None and seen != mark_of(places_of_draft(conference)):
        raise Stale
    pinned = {
        p.topic_id for p in Placement.objects.filter(conference=conference, is_pinned=True)
        if places.get(p.topic_id) == Place(p.slot_id, p.room_id)
    }
    Placement.objects.filter(conference=conference).delete()
    slots = {s.pk: s for s in Slot.objects.filter(conference=conference)}
    rooms = {r.pk: r for r in Room.objects.filter(conference=conference)}
    topics = Topic.objects.filter(conference=conference, pk__in=places, state=Topic.State.RELEASED)
    for topic in topics:
        place = places[topic.pk]
        if place.slot not in slots or place.room not in rooms:
            continue
        made = place_topic(topic=topic, slot=slots[place.slot], room=rooms[place.room], seen=None)
        Placement.objects.filter(pk=made.pk).update(is_pinned=topic.pk in pinned)
    announce(scope=conference.slug, topics=["plan"])
