"""What the import of a schedule would change, before anything is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from offenraum.conference.models import Conference, Room, Speaker, Talk
from offenraum.programme.formats.reading import Item


@dataclass(frozen=True, slots=True)
class Outlook:
    """New, changed and unchanged entries; rooms and people that are not there; what an earlier import brought."""

    new: tuple[Item, ...]
    changed: tuple[Item, ...]
    same: tuple[Item, ...]
    new_rooms: tuple[str, ...]
    new_people: tuple[str, ...]
    gone: tuple[Talk, ...]


def outlook_of(conference: Conference, items: Sequence[Item], *, with_rooms: bool) -> Outlook:
    """Compare a file with the fixed programme."""
    known = imported_talks(conference)
    rooms = set(Room.objects.filter(conference=conference).values_list("name", flat=True))
    people = set(Speaker.objects.filter(conference=conference).values_list("name", flat=True))
    kept = rooms | ({item.room for item in items} if with_rooms else set())
    states = {item.source: state_of(item, known.get(item.source), kept) for item in items}
    sources = {item.source for item in items}

    def all_that_are(state: str) -> tuple[Item, ...]:
        return tuple(item for item in items if states[item.source] == state)

    return Outlook(
        new=all_that_are("new"), changed=all_that_are("changed"), same=all_that_are("same"),
        new_rooms=tuple(dict.fromkeys(item.room for item in items if item.room and item.room not in rooms)),
        new_people=tuple(dict.fromkeys(name for item in items for name in item.people if name not in people)),
        gone=tuple(talk for source, talk in known.items() if source not in sources),
    )


def imported_talks(conference: Conference) -> dict[str, Talk]:
    """Name in the other program to what an earlier import made of it."""
    found = Talk.objects.filter(conference=conference).exclude(source="").select_related("room")
    return {talk.source: talk for talk in found.prefetch_related("speakers")}


def state_of(item: Item, talk: Talk | None, rooms: set[str]) -> str:
    if talk is None:
        return "new"
    there = (talk.title, talk.about, talk.kind, talk.starts_at, talk.minutes, talk.room.name if talk.room else "",
             {one.name for one in talk.speakers.all()})
    here = (item.title, item.about, item.kind, item.starts_at, item.minutes, item.room if item.room in rooms else "",
            set(item.people))
    return "same" if there == here else "changed"
