"""Calendar files (RFC 5545, RFC 7986): entries with stable identities that calendars bring up to date."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vDuration

PRODUCT: Final = "-//Offenraum//Offenraum//DE"
MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
REFRESH: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One appointment: aware times, or dates for whole days, of which `ends_at` is the first one after.

    `uid` never changes; `revision` grows with each change of what is said, `changed_at` is the last time of that.
    """

    uid: str
    title: str
    starts_at: datetime | date
    ends_at: datetime | date
    changed_at: datetime
    place: str = ""
    text: str = ""
    address: str = ""
    category: str = ""
    revision: int = 0
    is_cancelled: bool = False


def identity(scope: str, key: str) -> uuid.UUID:
    """The same for the same thing, on every server and in every format."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"offenraum:{scope}:{key}")


def uid_of(scope: str, key: str) -> str:
    """The UID of a thing, in whatever file it stands."""
    return f"{identity(scope, key)}@offenraum"


def calendar_file(entries: Iterable[Entry], *, name: str, zone: ZoneInfo) -> bytes:
    """The entries as a file, UTF-8 with CRLF, their times in this zone, which is described in it."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone.key)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for entry in entries:
        calendar.add_component(event_of(entry, zone))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def event_of(entry: Entry, zone: ZoneInfo) -> Event:
    """SEQUENCE rises with each change, DTSTAMP is the last one, what does not take place is CANCELLED."""
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.revision)
    event.add("dtstart", in_zone(entry.starts_at, zone))
    event.add("dtend", in_zone(entry.ends_at, zone))
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE" if isinstance(entry.starts_at, datetime) else "TRANSPARENT")
    event.add("summary", entry.title)
    for name, value in (("location", entry.place), ("description", entry.text), ("url", entry.address)):
        if value:
            event.add(name, value)
    if entry.category:
        event.add("categories", [entry.category])
    return event


def in_zone(moment: datetime | date, zone: ZoneInfo) -> datetime | date:
    return moment.astimezone(zone) if isinstance(moment, datetime) else moment
