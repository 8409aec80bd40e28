"""Taking over the fixed programme of another program."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Max

from offenraum.conference.actions.conferences import revise
from offenraum.conference.models import Conference, Day, Room, Speaker, Talk
from offenraum.live.changes import announce
from offenraum.programme.formats.reading import Item
from offenraum.programme.queries.importing import Outlook, imported_talks, outlook_of

TOPICS: Final = ["programme", "plan", "wall", "clock"]
PLACES: Final = 30
"""Of a room that only its name is known of; organisers change it."""


@transaction.atomic
def import_items(
    *, conference: Conference, items: Sequence[Item], with_rooms: bool, now: datetime
) -> Outlook:
    """Bring the fixed programme to what a file says: the same file twice changes nothing, and nothing is deleted."""
    Conference.objects.select_for_update(no_key=True).get(pk=conference.pk)
    outlook = outlook_of(conference, items, with_rooms=with_rooms)
    if with_rooms:
        make_rooms(conference, outlook.new_rooms)
    Speaker.objects.bulk_create(Speaker(conference=conference, name=name) for name in outlook.new_people)
    make_days(conference, items)
    known, rooms, people = imported_talks(conference), rooms_of(conference), people_of(conference)
    for item in (*outlook.new, *outlook.changed):
        talk = known.get(item.source) or Talk(conference=conference, source=item.source)
        talk.title, talk.about, talk.kind = item.title, item.about, item.kind
        talk.starts_at, talk.minutes, talk.room = item.starts_at, item.minutes, rooms.get(item.room)
        talk.save()
        talk.speakers.set(people[name] for name in item.people)
    if outlook.new or outlook.changed:
        revise(conference=conference, now=now)
    announce(scope=conference.slug, topics=TOPICS)
    return outlook


def make_rooms(conference: Conference, names: Sequence[str]) -> None:
    last = Room.objects.filter(conference=conference).aggregate(last=Max("position"))["last"] or 0
    Room.objects.bulk_create(
        Room(conference=conference, name=name, position=last + number, places=PLACES)
        for number, name in enumerate(names, 1)
    )


def make_days(conference: Conference, items: Sequence[Item]) -> None:
    dates = {item.starts_at.astimezone(conference.zone).date() for item in items}
    there = set(Day.objects.filter(conference=conference).values_list("date", flat=True))
    Day.objects.bulk_create(Day(conference=conference, date=date) for date in sorted(dates - there))


def rooms_of(conference: Conference) -> dict[str, Room]:
    return {room.name: room for room in Room.objects.filter(conference=conference)}


def people_of(conference: Conference) -> dict[str, Speaker]:
    return {one.name: one for one in Speaker.objects.filter(conference=conference)}
