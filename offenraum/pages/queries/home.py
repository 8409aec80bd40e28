"""What the start page shows, by the phase of the conference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Max, Min

from offenraum.conference.models import Conference, Speaker, Talk
from offenraum.conference.queries import talks_of
from offenraum.programme.queries.published import latest_edition
from offenraum.registration import rules as registration
from offenraum.registration.queries import Standing, standing_of
from offenraum.website.models import News, Site
from offenraum.website.queries import Company, companies_of, days_of, public_news, site_of, speakers_of
from offenraum.website.rules.phases import Entry, Phase, phase_of

MOST_NEWS: Final = 3
ENTRIES: Final = {
    registration.Phase.SOON: Entry.SOON, registration.Phase.OPEN: Entry.OPEN, registration.Phase.WAITING: Entry.FULL,
    registration.Phase.CLOSED: Entry.CLOSED,
}


@dataclass(frozen=True, slots=True)
class Home:
    """The start page."""

    phase: Phase
    entry: Entry
    standing: Standing | None
    first: date | None
    last: date | None
    begins_at: datetime | None
    ends_at: datetime | None
    is_published: bool
    site: Site
    talks: list[Talk]
    speakers: list[Speaker]
    news: list[News]
    companies: list[Company]


def home_of(conference: Conference, *, now: datetime) -> Home:
    """All of it; the number of queries does not grow with the conference."""
    days, talks, standing = days_of(conference), list(talks_of(conference)), standing_of(conference)
    entry = ENTRIES[standing.phase] if standing else Entry.NONE
    return Home(
        standing=standing,
        phase=phase_of(days=days, entry=entry, now=now), entry=entry,
        first=days[0] if days else None, last=days[-1] if days else None,
        begins_at=talks[0].starts_at if talks and len(days) == 1 else None,
        ends_at=max((talk.ends_at for talk in talks), default=None) if len(days) == 1 else None,
        is_published=latest_edition(conference) is not None, site=site_of(conference), talks=talks,
        speakers=list(speakers_of(conference)), news=list(public_news(conference, now=now)[:MOST_NEWS]),
        companies=companies_of(conference),
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """The conferences of an installation: those to come, the next first, and the archive, the latest first."""

    coming: list[Conference]
    past: list[Conference]


def listed_conferences(*, today: date) -> Listed:
    """All that are public, each with its first and last day."""
    public = Conference.objects.filter(is_hidden=False)
    found: list[Any] = list(public.annotate(first=Min("days__date"), last=Max("days__date")))
    found.sort(key=lambda one: (one.first is None, one.first or today, one.pk))
    past = [one for one in found if one.last is not None and one.last < today]
    return Listed(coming=[one for one in found if one not in past], past=past[::-1])
