"""Every public page of a conference, for search engines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from offenraum.conference.models import Conference, Speaker, Talk
from offenraum.programme.queries.published import programme_of
from offenraum.website.queries import public_news

ALWAYS: Final = ("", "programm", "themen", "markt", "daten", "barrierefreiheit", "impressum", "datenschutz")
"""What each conference has; the other pages are in its menu when something stands on them."""


def paths_of(conference: Conference, *, now: datetime) -> Iterator[str]:
    """The paths, each once, in six questions to the database."""
    home = f"/{conference.slug}/"
    yield from (f"{home}{page}" for page in ALWAYS)
    yield from (f"{home}{page}" for page, _title, _english in conference.menu)
    yield from (f"{home}neues/{news.pk}" for news in public_news(conference, now=now))
    ids = Talk.objects.filter(conference=conference).values_list("pk", flat=True)
    yield from (f"{home}programmpunkt/{talk}" for talk in ids)
    people = Speaker.objects.filter(conference=conference).values_list("pk", flat=True)
    yield from (f"{home}personen/{speaker}" for speaker in people)
    yield from (f"{home}session/{session.topic.number}" for session in programme_of(conference).sessions)
