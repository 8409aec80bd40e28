"""Calendar files (RFC 5545): entries with stable identities that calendars bring up to date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

PRODUCT: Final = "-//Offenraum//Offenraum//DE"
MEDIA_TYPE: Final = "text/calendar; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One appointment. `uid` never changes; `revision` grows with each change of what is said."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    text: str = ""
    address: str = ""
    revision: int = 0
    is_cancelled: bool = False


def calendar_file(entries: Iterable[Entry], *, name: str, zone: ZoneInfo, now: datetime) -> bytes:
    """The entries as a calendar file, their times in the conference's zone, which is described in it."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(event_of(entry, zone=zone, now=now))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def event_of(entry: Entry, *, zone: ZoneInfo, now: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", entry.starts_at.astimezone(zone))
    event.add("dtend", entry.ends_at.astimezone(zone))
    event.add("sequence", entry.revision)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("summary", entry.title)
    for name, value in (("location", entry.place), ("description", entry.text), ("url", entry.address)):
        if value:
            event.add(name, value)
    return event
