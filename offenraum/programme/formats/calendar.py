"""The calendar file of a whole programme, of somebody's own plan or of one session."""

from __future__ import annotations

from collections.abc import Iterable

from offenraum.kit import calendars
from offenraum.programme.formats.schedule import Entry, Schedule


def calendar(schedule: Schedule, entries: Iterable[Entry], *, name: str) -> bytes:
    """The file; what fell out of the programme is in it as cancelled."""
    return calendars.calendar_file((appointment(schedule, one) for one in entries), name=name, zone=schedule.zone)


def appointment(schedule: Schedule, entry: Entry) -> calendars.Entry:
    names = ", ".join(human.name for human in entry.humans)
    return calendars.Entry(
        uid=calendars.uid_of(schedule.slug, entry.key), title=entry.title, starts_at=entry.starts_at,
        ends_at=entry.ends_at, changed_at=entry.changed_at, revision=entry.revision, is_cancelled=entry.is_cancelled,
        place=", ".join(part for part in (entry.room, schedule.venue) if part),
        text="\n\n".join(part for part in (names, entry.text) if part), address=schedule.address(entry),
        category=entry.kind,
    )
