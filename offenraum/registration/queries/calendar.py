"""The conference as a calendar file."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from icalendar import Calendar, Event

from offenraum.conference.models import Conference
from offenraum.registration.queries import times_of


def calendar_of(conference: Conference, *, now: datetime) -> bytes:
    """One appointment from the first point of the programme to the last, without a word about who comes."""
    times = times_of(conference)
    calendar = Calendar()
    calendar.add("prodid", "-//Offenraum//DE")
    calendar.add("version", "2.0")
    event = Event()
    event.add("uid", f"{conference.slug}@{settings.ADDRESS.partition('://')[2] or 'offenraum'}")
    event.add("dtstamp", now)
    event.add("summary", conference.title)
    event.add("url", f"{settings.ADDRESS}/{conference.slug}/")
    where = ", ".join(part for part in (conference.venue, conference.street, conference.city) if part)
    if where:
        event.add("location", where)
    if times.starts_at and times.ends_at:
        event.add("dtstart", times.starts_at.astimezone(conference.zone))
        event.add("dtend", times.ends_at.astimezone(conference.zone))
    calendar.add_component(event)
    return bytes(calendar.to_ical())
