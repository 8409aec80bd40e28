"""iCalendar (RFC 5545, RFC 7986) of a whole programme, of somebody's own plan or of one session."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from icalendar import Calendar, Event, vDuration

from offenraum.programme.formats.schedule import Entry, Schedule

REFRESH: Final = timedelta(minutes=15)


def calendar(schedule: Schedule, entries: Iterable[Entry], *, name: str) -> bytes:
    """The file, UTF-8 with CRLF.

    UIDs are stable, SEQUENCE rises with each move, DTSTAMP is the last change, what fell out is CANCELLED.
    """
    file = Calendar()
    file.add("prodid", "-//Offenraum//Programme//EN")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", "PUBLISH")
    file.add("name", name)
    file.add("x-wr-calname", name)
    file.add("x-wr-timezone", schedule.zone.key)
    file.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    file.add("x-published-ttl", vDuration(REFRESH))
    for entry in entries:
        file.add_component(event_of(schedule, entry))
    file.add_missing_timezones()
    return bytes(file.to_ical())


def event_of(schedule: Schedule, entry: Entry) -> Event:
    event = Event()
    event.add("uid", f"{schedule.guid(entry.key)}@offenraum")
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.revision)
    event.add("dtstart", schedule.local(entry.starts_at))
    event.add("dtend", schedule.local(entry.ends_at))
    event.add("summary", entry.title)
    event.add("location", ", ".join(part for part in (entry.room, schedule.venue) if part))
    names = ", ".join(human.name for human in entry.humans)
    event.add("description", "\n\n".join(part for part in (names, entry.text) if part))
    event.add("url", schedule.address(entry))
    event.add("categories", [entry.kind])
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    return event
