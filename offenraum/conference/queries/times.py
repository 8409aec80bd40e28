"""When a conference is: its slots in order, what runs, when it ends and when its data goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from offenraum.conference.models import (
    Conference,
    Notice,
    Slot,
    Talk,
)
from offenraum.conference.rules import due_at
from offenraum.kit.datamap import Keep, days_of

ENDING: Final = timedelta(minutes=5)
"""So long before its end a session must come to its end; doors say so."""

ENDED: Final = timedelta(minutes=5)
"""So long after its end a door asks people to go on in the foyer."""

STARTING: Final = timedelta(minutes=10)
"""So long before its start a door shows what comes as the first thing."""


def first_moment_of(conference: Conference) -> datetime | None:
    """When the first point of the programme or the first slot begins."""
    return next((starts_at for starts_at, _ends_at in span_of(conference)), None)


def span_of(conference: Conference) -> list[tuple[datetime, datetime]]:
    """For each day on which something is planned, when the first begins and the last ends, in the conference's zone."""
    items: list[Slot | Talk] = [*Slot.objects.filter(conference=conference)]
    items += Talk.objects.filter(conference=conference)
    days: dict[date, list[Slot | Talk]] = {}
    for item in sorted(items, key=lambda item: item.starts_at):
        days.setdefault(item.starts_at.astimezone(conference.zone).date(), []).append(item)
    return [
        (of_day[0].starts_at.astimezone(conference.zone), max(item.ends_at for item in of_day))
        for of_day in days.values()
    ]


@dataclass(frozen=True, slots=True)
class Course:
    """What of a conference begins and ends."""

    items: list[Slot | Talk]
    notices: list[Notice]


def course_of(conference: Conference) -> Course:
    items: list[Slot | Talk] = [*Slot.objects.filter(conference=conference)]
    items += Talk.objects.filter(conference=conference)
    return Course(items, list(Notice.objects.filter(conference=conference, ended_at__isnull=True)))


def moment_of_day(conference: Conference, moment: datetime) -> frozenset[str]:
    """What runs at a moment and what comes next, as keys; screens change exactly when this does."""
    return moment_in(course_of(conference), moment)


def moment_in(course: Course, moment: datetime) -> frozenset[str]:
    """The same of a course that was read before."""
    items = course.items
    running = {f"{type(item).__name__} {item.pk}" for item in items if item.starts_at <= moment < item.ends_at}
    following = min((item.starts_at for item in items if item.starts_at > moment), default=None)
    starting = {f"starting {item.starts_at}" for item in items if item.starts_at - STARTING <= moment < item.starts_at}
    ending = {f"ending {item.ends_at}" for item in items if item.ends_at - ENDING <= moment < item.ends_at}
    ended = {f"ended {item.ends_at}" for item in items if item.ends_at <= moment < item.ends_at + ENDED}
    said = {f"notice {notice.pk}" for notice in course.notices if notice.sent_at <= moment < notice.ends_at}
    return frozenset(running | starting | ending | ended | said | {f"next {following}"})


def last_slot_ends_at(conference: Conference) -> datetime | None:
    return max((slot.ends_at for slot in Slot.objects.filter(conference=conference)), default=None)


def event_ends_at(conference: Conference) -> datetime | None:
    """When the last slot, talk or day is over; None while no day is known."""
    days = conference.days.values_list("date", flat=True)
    ends = [datetime.combine(day + timedelta(days=1), time.min, tzinfo=conference.zone) for day in days]
    ends += [talk.ends_at for talk in Talk.objects.filter(conference=conference)]
    slots = last_slot_ends_at(conference)
    end = max([*ends, *([slots] if slots else [])], default=None)
    return end.astimezone(UTC) if end else None


def clearing_due_at(conference: Conference, keep: Keep) -> datetime | None:
    """When the deletion clock deletes what is kept so long, on the conference's clock."""
    end = event_ends_at(conference)
    since = last_slot_ends_at(conference) or end if keep is Keep.VOTES else end
    made_at = conference.clock.at(conference.created_at)
    return due_at(since=since, made_at=made_at, days=days_of(keep))
