"""Accepting a change of the day: exactly what was shown, in one step, published with it."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from offenraum.barcamp.actions.topics import Stale, withdraw_topic
from offenraum.barcamp.models import Topic, TopicHost
from offenraum.conference.actions.decisions import Decider, keep_decision
from offenraum.conference.actions.rooms import close_cells
from offenraum.conference.models import Conference, Room, Slot
from offenraum.live.changes import announce
from offenraum.programme.actions.decisions import moves_between
from offenraum.programme.actions.draft import lock_draft, place_topic
from offenraum.programme.actions.editions import NothingToPublish, publish_edition
from offenraum.programme.actions.flags import raise_flag
from offenraum.programme.models import Cell, Edition, Placement, PlanRun, SessionFlag
from offenraum.programme.queries.day import Outlook, outlook_of
from offenraum.programme.queries.draft import spots_of
from offenraum.programme.rules import Place, changes_between
from offenraum.programme.rules.day import COPY, DayChange, DayKind

TITLE_LENGTH: Final = 80


@dataclass(frozen=True, slots=True)
class Shown:
    """What the moderator saw before accepting: the marks of the draft before and after, and the latest edition.

    `after` None: only the draft changes; nothing is published with it.
    """

    seen: str
    then: str
    after: int | None


@transaction.atomic
def change_day(
    *, by: Decider, change: DayChange, shown: Shown, reason: str = "", run: PlanRun | None = None
) -> Edition | None:
    """Do what was shown, and publish it; Stale when the plan or the time would make it something else now."""
    conference = by.conference
    lock_draft(conference.pk)
    outlook = outlook_of(conference, change, now=by.now, run=run)
    if (outlook.seen, outlook.then) != (shown.seen, shown.then) or outlook.broken:
        raise Stale
    facts = asdict(change) | prepare(outlook, now=by.now)
    after = with_made(outlook.after, facts)
    touched = {each.topic for each in changes_between(outlook.before, after)}
    before = spots_of(touched)
    put_places(conference=conference, before=outlook.before, after=after)
    keep_decision(
        by=by, verb=f"day_{change.kind}", facts=facts, moves=moves_between(before, spots_of(touched)), reason=reason
    )
    announce(scope=conference.slug, topics=["plan"])
    return publish(by, shown.after)


def publish(by: Decider, after: int | None) -> Edition | None:
    if after is None:
        return None
    try:
        return publish_edition(
            conference=by.conference, after=after, published_by=by.role.value, now=by.now, seen=None
        )
    except NothingToPublish:
        return None


def prepare(outlook: Outlook, *, now: datetime) -> dict[str, Any]:
    """Everything about a change that is no move: rooms, withdrawn topics, copies, what goes on in the foyer."""
    change, scene = outlook.change, outlook.scene
    if change.kind is DayKind.ROOM:
        closed = close_cells(conference=scene.conference, cells=outlook.closing)
        for topic in outlook.held_in_foyer:
            raise_flag(topic=scene.topic(topic), kind=SessionFlag.Kind.FOYER, place=_("Foyer"), now=now)
        return {"closed": [list(cell) for cell in closed], "held_in_foyer": list(outlook.held_in_foyer)}
    if change.kind is DayKind.WITHDRAW:
        withdraw_topic(topic=scene.topic(change.topic))
        return {"withdrawn": [change.topic]}
    if change.kind is DayKind.REPEAT:
        return {"made": [repeated(scene.topic(change.topic), now=now).pk]}
    return {}


def repeated(original: Topic, *, now: datetime) -> Topic:
    """A topic of its own for the repetition: same hosts, its vote is as closed as the original's."""
    others = Topic.objects.filter(conference=original.conference)
    last = others.aggregate(last=Max("number"))["last"] or 0
    copy = Topic.objects.create(
        conference=original.conference, number=last + 1, key=uuid.uuid5(original.key, f"repeat {last}"),
        title=repeated_title(original.title), about=original.about, kind=original.kind, level=original.level,
        format=original.format, length=original.length, needs=original.needs, hashtags=original.hashtags,
        state=Topic.State.RELEASED, round=original.round, created_at=now,
    )
    TopicHost.objects.bulk_create(
        TopicHost(topic=copy, seat=host.seat, name=host.name) for host in original.hosts.all()
    )
    announce(scope=original.conference.slug, topics=["board", "round"])
    return copy


def repeated_title(title: str) -> str:
    words = _("%(title)s (again)")
    room = TITLE_LENGTH - len(words % {"title": ""})
    return words % {"title": title[:room]}


def with_made(after: dict[int, Place], facts: dict[str, Any]) -> dict[int, Place]:
    """The plan with the copy's real id."""
    made = facts.get("made")
    return {made[0] if topic == COPY and made else topic: place for topic, place in after.items()}


@transaction.atomic
def put_places(*, conference: Conference, before: dict[int, Place], after: dict[int, Place]) -> None:
    """Bring the draft from one plan to another by touching only what differs; pins stay."""
    changed = {each.topic for each in changes_between(before, after)}
    Cell.objects.filter(placement__conference=conference, placement__topic__in=changed).delete()
    gone = [topic for topic in changed if topic not in after]
    Placement.objects.filter(conference=conference, topic__in=gone).delete()
    slots = {slot.pk: slot for slot in Slot.objects.filter(conference=conference)}
    rooms = {room.pk: room for room in Room.objects.filter(conference=conference)}
    known = {p.topic_id: p.version for p in Placement.objects.filter(conference=conference)}
    for topic in Topic.objects.filter(conference=conference, pk__in=changed - set(gone)):
        place = after[topic.pk]
        place_topic(topic=topic, slot=slots[place.slot], room=rooms[place.room], seen=known.get(topic.pk))
