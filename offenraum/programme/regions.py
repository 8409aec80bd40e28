"""Parts of pages about the programme that stay current."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import timezone

from offenraum.barcamp.models import Topic
from offenraum.barcamp.queries import round_now, tallies, topic_of
from offenraum.barcamp.rules import may_show
from offenraum.conference.models import Conference
from offenraum.conference.queries import now_of
from offenraum.live.regions import Region, RegionRequest
from offenraum.programme.queries.published import latest_edition, programme_of
from offenraum.programme.queries.timetable import timetable_of


def programme(request: RegionRequest) -> str:
    """The whole day: fixed items and sessions in one, by time."""
    conference = Conference.objects.get(slug=request.scope)
    shown = programme_of(conference)
    with timezone.override(conference.zone):
        context = {
            "conference": conference, "programme": shown, "rows": timetable_of(shown, now=now_of(conference)),
            "round": round_now(conference),
        }
        return render_to_string("programme/regions/programme.html", context)


def place(request: RegionRequest) -> str:
    """Where and when one topic takes place; `argument` is its number."""
    conference = Conference.objects.get(slug=request.scope)
    topic = topic_of(conference=conference, number=int(request.argument))
    if topic is None:
        return ""
    programme = programme_of(conference)
    session = next((s for s in programme.sessions if s.topic.pk == topic.pk), None)
    context = {"conference": conference, "topic": topic, "session": session, "edition": programme.edition}
    with timezone.override(conference.zone):
        return render_to_string("programme/regions/place.html", context | interest_in(topic))


def interest_in(topic: Topic) -> dict[str, object]:
    """Whether one may vote for it, and after the close how many want it."""
    is_open = may_show(topic_state=topic.state, round_state=topic.round.state if topic.round else None) is None
    tally = None if is_open else tallies(topic.conference).get(topic.pk)
    return {"is_open": is_open, "count": None if is_open else (tally.total if tally else 0)}


def edition(request: RegionRequest) -> str:
    """Number and time of the edition that everybody sees."""
    conference = Conference.objects.get(slug=request.scope)
    with timezone.override(conference.zone):
        context = {"conference": conference, "edition": latest_edition(conference)}
        return render_to_string("programme/regions/edition.html", context)


REGIONS = [
    Region("programme", ("programme", "clock"), "public", programme),
    Region("place", ("programme", "round", "board"), "public", place),
    Region("edition", ("programme",), "public", edition),
]
