"""What a worker makes for letters of a conference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from offenraum.conference.calendar import days_calendar
from offenraum.conference.queries import conference_by_slug
from offenraum.post.message import Paper
from offenraum.post.models import Letter

CALENDAR_NAME: Final = "kalender.ics"


def calendar_of(letter: Letter, values: Mapping[str, str]) -> Paper | None:
    """The conference for the reader's calendar; None while no day is known."""
    conference = conference_by_slug(letter.scope)
    content = days_calendar(conference, language=letter.language) if conference else None
    return Paper(name=CALENDAR_NAME, content=content, media_type="text/calendar") if content else None
