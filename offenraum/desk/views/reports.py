"""What was reported in sessions, and what is hidden there."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from offenraum.barcamp.models import Topic
from offenraum.conference.queries import now_of
from offenraum.conference.queries.access import Access
from offenraum.desk.access import at_desk
from offenraum.desk.answers import back, say
from offenraum.gathering.actions.order import hide_contribution, settle, show_contribution
from offenraum.gathering.actions.pads import hide_pad
from offenraum.gathering.models import Contribution, Pad
from offenraum.gathering.queries import complaints_of, hidden_contributions
from offenraum.kit.group_commit import durable


@require_GET
@at_desk()
def page(request: HttpRequest, desk: Access) -> HttpResponse:
    """Open reports, the oldest first, and what is hidden."""
    context = {
        "conference": desk.conference, "access": desk, "page": "day", "complaints": complaints_of(desk.conference),
        "pads": Pad.objects.filter(topic__conference=desk.conference, hidden_at__isnull=False).select_related("topic"),
        "hidden": hidden_contributions(desk.conference),
    }
    return render(request, "desk/reports.html", context)


@require_POST
@at_desk()
def decide(request: HttpRequest, desk: Access, contribution: int, verb: str) -> HttpResponse:
    """Hide a contribution, leave it as it is, or show it again."""
    found = get_object_or_404(Contribution, topic__conference=desk.conference, pk=contribution)
    now = now_of(desk.conference)
    if verb == "verbergen":
        durable(hide_contribution, contribution=found, now=now)
        say(request, _("It is hidden now."))
    elif verb == "lassen":
        durable(settle, topic=found.topic, contribution=found, now=now)
        say(request, _("It stays as it is."))
    elif verb == "zeigen":
        durable(show_contribution, contribution=found)
        say(request, _("Everybody can read it again."))
    else:
        raise Http404
    return back(desk.conference, "reports")


@require_POST
@at_desk()
def decide_notes(request: HttpRequest, desk: Access, number: int, verb: str) -> HttpResponse:
    """Hide the notes of a session, leave them as they are, or show them again."""
    topic = get_object_or_404(Topic, conference=desk.conference, number=number)
    now = now_of(desk.conference)
    if verb not in {"verbergen", "lassen", "zeigen"}:
        raise Http404
    if verb == "lassen":
        durable(settle, topic=topic, contribution=None, now=now)
        say(request, _("It stays as it is."))
    else:
        durable(hide_pad, topic=topic, now=now if verb == "verbergen" else None)
        say(request, _("It is hidden now.") if verb == "verbergen" else _("Everybody can read it again."))
    return back(desk.conference, "reports")
