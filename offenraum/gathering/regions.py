"""Parts of a session's page that stay current."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference
from offenraum.gathering.models import Contribution
from offenraum.gathering.queries import gathered_topic, heads_in, shown_of
from offenraum.gathering.queries.pads import pad_of
from offenraum.kit.markup import html_of
from offenraum.live.regions import Region, RegionError, RegionRequest


def contributions(request: RegionRequest) -> str:
    """Questions, links and comments of a session; `argument` is the number of its topic."""
    conference, topic = asked(request)
    if topic is None:
        return gone()
    known = list(shown_of(topic))
    context = {
        "conference": conference, "topic": topic, "heads": heads_in(topic),
        "questions": [one for one in known if one.kind == Contribution.Kind.QUESTION],
        "links": [one for one in known if one.kind == Contribution.Kind.LINK],
        "comments": [one for one in known if one.kind == Contribution.Kind.COMMENT],
    }
    with timezone.override(conference.zone):
        return render_to_string("gathering/regions/contributions.html", context)


def asked(request: RegionRequest) -> tuple[Conference, Topic | None]:
    """The session that a region is about; None when nobody may see its topic (any more)."""
    conference = Conference.objects.get(slug=request.scope)
    number = request.argument_number
    if not Topic.objects.filter(conference=conference, number=number).exists():
        raise RegionError(request.argument)
    return conference, gathered_topic(conference=conference, number=number)


def gone() -> str:
    """What open pages show when the topic has been withdrawn or hidden."""
    return format_html('<p class="muted">{}</p>', _("This session is not public any more."))


def notes(request: RegionRequest) -> str:
    """The notes as people read them."""
    conference, topic = asked(request)
    if topic is None:
        return gone()
    pad = pad_of(topic)
    html = mark_safe(html_of(pad.text))  # noqa: S308 - cleaned by nh3
    context = {"conference": conference, "topic": topic, "pad": pad, "html": html}
    return render_to_string("gathering/regions/notes.html", context)


def pad(request: RegionRequest) -> str:
    """The number of the newest change, for those who type."""
    _conference, topic = asked(request)
    if topic is None:
        return ""
    return format_html('<data hidden data-pad-number value="{}"></data>', pad_of(topic).number)


REGIONS = [
    Region("notes", ("pad-{argument}", "board"), "public", notes),
    Region("pad", ("pad-{argument}", "board"), "public", pad),
    Region("contributions", ("session-{argument}", "board"), "public", contributions),
]
