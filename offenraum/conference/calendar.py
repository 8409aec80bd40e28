"""The days of a conference for calendars: saved early as whole days, later the same entries with their times."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings

from offenraum.conference.models import Conference, Day
from offenraum.conference.queries.times import span_of
from offenraum.conference.words import place_of, title_of
from offenraum.kit.calendars import Entry, calendar_file, uid_of


def days_calendar(conference: Conference, *, language: str) -> bytes | None:
    """A calendar file, without a word about who comes; None while no day is known."""
    title, timed = title_of(conference, language), span_of(conference)
    known = {begins.date() for begins, _end in timed}
    days = Day.objects.filter(conference=conference).values_list("date", flat=True)
    times = [*timed, *whole_days(day for day in days if day not in known)]
    if not times:
        return None
    return calendar_file([entry_of(conference, *one, title=title) for one in times], name=title, zone=conference.zone)


def entry_of(conference: Conference, starts_at: date, ends_at: date, *, title: str) -> Entry:
    day = starts_at.date() if isinstance(starts_at, datetime) else starts_at
    address = f"{settings.ADDRESS}/{conference.slug}/"
    return Entry(
        uid=uid_of(conference.slug, f"day-{day.isoformat()}"), title=title, starts_at=starts_at, ends_at=ends_at,
        changed_at=conference.said_at, revision=conference.revision, place=place_of(conference), text=address,
        address=address,
    )


def whole_days(days: Iterable[date]) -> list[tuple[date, date]]:
    """Days that follow each other, as the first and the one after the last."""
    runs: list[tuple[date, date]] = []
    for day in sorted(days):
        first, after = runs.pop() if runs and runs[-1][1] == day else (day, day)
        runs.append((first, after + timedelta(days=1)))
    return runs
