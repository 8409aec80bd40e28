"""What letters, tickets and calendars say about a conference."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from offenraum.conference.models import Conference, Day
from offenraum.conference.queries.times import first_moment_of


def title_of(conference: Conference, language: str) -> str:
    return (language == "en" and conference.title_en) or conference.title


def place_of(conference: Conference) -> str:
    """Venue, street and city, as far as they are known."""
    return ", ".join(filter(None, [conference.venue, conference.street, conference.city]))


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
