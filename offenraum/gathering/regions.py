"""Parts of a session's page that stay current."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import timezone

from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference
from offenraum.gathering.models import Contribution
from offenraum.gathering.queries import gathered_topic, heads_in, shown_of
from offenraum.live.regions import Region, RegionError, RegionRequest


def contributions(request: RegionRequest) -> str:
    """Questions, links and comments of a session; `argument` is the number of its topic."""
    conference, topic = asked(request)
    known = list(shown_of(topic))
    context = {
        "conference": conference, "topic": topic, "heads": heads_in(topic),
        "questions": [one for one in known if one.kind == Contribution.Kind.QUESTION],
        "links": [one for one in known if one.kind == Contribution.Kind.LINK],
        "comments": [one for one in known if one.kind == Contribution.Kind.COMMENT],
    }
    with timezone.override(conference.zone):
        return render_to_string("gathering/regions/contributions.html", context)


def asked(request: RegionRequest) -> tuple[Conference, Topic]:
    """The session that a region is about."""
    conference = Conference.objects.get(slug=request.scope)
    topic = gathered_topic(conference=conference, number=request.argument_number)
    if topic is None:
        raise RegionError(request.argument)
    return conference, topic


REGIONS = [Region("contributions", ("session-{argument}", "board"), "public", contributions)]
