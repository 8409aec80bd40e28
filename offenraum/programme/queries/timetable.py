"""The programme as rows of a timetable: what a screen draws from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from offenraum.conference.models import Room, Slot, Talk
from offenraum.programme.queries.published import Programme, Session


@dataclass(frozen=True, slots=True)
class Entry:
    """A session in one cell of the grid; `is_continued` in its second slot."""

    session: Session
    column: int
    is_continued: bool
    is_running: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One fixed item, or one slot with its sessions."""

    starts_at: datetime
    ends_at: datetime
    talk: Talk | None
    slot: Slot | None
    entries: tuple[Entry, ...]
    free: tuple[Room, ...]
    is_running: bool
    is_over: bool


def timetable_of(programme: Programme, *, now: datetime) -> list[Row]:
    """All rows of all days in order of time."""
    talks = [talk_row(talk, now) for talk in programme.talks]
    slots = [slot_row(programme, slot, now) for slot in programme.grid.slots]
    return sorted(talks + slots, key=lambda row: (row.starts_at, row.slot is not None))


def talk_row(talk: Talk, now: datetime) -> Row:
    return Row(
        starts_at=talk.starts_at, ends_at=talk.ends_at, talk=talk, slot=None, entries=(), free=(),
        is_running=talk.starts_at <= now < talk.ends_at, is_over=talk.ends_at <= now,
    )


def slot_row(programme: Programme, slot: Slot, now: datetime) -> Row:
    columns = {room.pk: column for column, room in enumerate(programme.grid.rooms, 1)}
    is_running = slot.starts_at <= now < slot.ends_at
    entries = [
        Entry(session, columns[session.room.pk], session.slot.pk != slot.pk, is_running)
        for session in programme.sessions_in(slot)
    ]
    taken = {entry.session.room.pk for entry in entries}
    return Row(
        starts_at=slot.starts_at, ends_at=slot.ends_at, talk=None, slot=slot,
        entries=tuple(sorted(entries, key=lambda entry: entry.column)),
        free=tuple(room for room in programme.grid.rooms if room.pk not in taken),
        is_running=is_running, is_over=slot.ends_at <= now,
    )
