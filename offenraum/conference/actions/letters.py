"""Letters of a conference: what every one of them says about it, and the outbox they go into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from offenraum.conference.models import Conference, Day
from offenraum.conference.queries import first_moment_of
from offenraum.post.actions import queue_letter
from offenraum.post.models import Letter


def write_letter(
    *, conference: Conference, kind: str, key: str, to: str, values: Mapping[str, str], language: str, now: datetime,
    attachments: Sequence[str] = (),
) -> Letter:
    """Write a letter that a worker sends; what it may say about the conference is filled in here.

    Done once for each kind and key. See `post.actions.queue_letter`.
    """
    return queue_letter(
        scope=conference.slug, kind=kind, key=key, to=to, values={**values_of(conference, language), **values},
        language=language, now=now, attachments=attachments,
    )


def values_of(conference: Conference, language: str) -> dict[str, str]:
    """The placeholders that every letter of a conference can use."""
    with override(language):
        return {
            "conference": (language == "en" and conference.title_en) or conference.title,
            "date": date_in_words(conference),
            "place": ", ".join(filter(None, [conference.venue, conference.street, conference.city])),
            "page": f"{settings.ADDRESS}/{conference.slug}/",
            "programme": f"{settings.ADDRESS}/{conference.slug}/programm",
            "results": f"{settings.ADDRESS}/{conference.slug}/ergebnisse",
        }


def date_in_words(conference: Conference) -> str:
    """Tuesday, 4. September 2018, 9:00; of several days the first and the last."""
    days = list(Day.objects.filter(conference=conference))
    if not days:
        return ""
    written = [date_format(day.date, "l, j. F Y") for day in dict.fromkeys((days[0], days[-1]))]
    begins_at = first_moment_of(conference)
    if begins_at:
        written[0] = _("%(day)s, %(time)s") % {
            "day": written[0], "time": date_format(begins_at.astimezone(conference.zone), "H:i"),
        }
    return " – ".join(written)
