"""What a worker makes for letters of a conference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from offenraum.conference.models import Conference
from offenraum.conference.queries import conference_by_slug, span_of
from offenraum.conference.words import place_of, title_of
from offenraum.kit.calendars import Entry, calendar_file
from offenraum.post.message import Paper
from offenraum.post.models import Letter

CALENDAR_NAME: Final = "kalender.ics"


def calendar_of(letter: Letter, values: Mapping[str, str]) -> Paper | None:
    """The conference as an entry for the reader's calendar; None while its time is not known."""
    conference = conference_by_slug(letter.scope)
    content = conference_calendar(conference, language=letter.language) if conference else None
    return Paper(name=CALENDAR_NAME, content=content, media_type="text/calendar") if content else None


def conference_calendar(conference: Conference, *, language: str) -> bytes | None:
    """A calendar file with the days of a conference; None while its time is not known."""
    entries = [
        Entry(
            uid=f"{conference.slug}-{starts_at.date().isoformat()}@{urlsplit(settings.ADDRESS).hostname}",
            title=title_of(conference, language), starts_at=starts_at, ends_at=ends_at, place=place_of(conference),
            address=f"{settings.ADDRESS}/{conference.slug}/",
        )
        for starts_at, ends_at in span_of(conference)
    ]
    if not entries:
        return None
    return calendar_file(entries, name=conference.short_title, zone=conference.zone, now=timezone.now())
