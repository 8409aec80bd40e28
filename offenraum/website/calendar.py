"""The days of a conference as a calendar file (RFC 5545)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from icalendar import Calendar, Event


def calendar_of(
    *, uid: str, title: str, days: list[date], place: str, text: str, address: str, stamped_at: datetime
) -> bytes:
    """One whole-day event for each run of days; `address` is the page of the conference."""
    calendar = Calendar()
    calendar.add("prodid", "-//Offenraum//offenraum//DE")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for number, (first, last) in enumerate(runs_of(days)):
        event = Event()
        event.add("uid", uid if number == 0 else f"{number}-{uid}")
        event.add("dtstamp", stamped_at)
        event.add("dtstart", first)
        event.add("dtend", last + timedelta(days=1))
        event.add("summary", title)
        event.add("location", place)
        event.add("description", text)
        event.add("url", address)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def runs_of(days: list[date]) -> list[tuple[date, date]]:
    """Days that follow each other, as first and last."""
    runs: list[tuple[date, date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][1] == timedelta(days=1):
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs
