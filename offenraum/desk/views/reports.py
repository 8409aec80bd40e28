"""What was reported in sessions, and what is hidden there."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from offenraum.conference.queries import Access, now_of
from offenraum.desk.access import at_desk
from offenraum.desk.answers import back, say
from offenraum.gathering.actions.order import hide_contribution, settle, show_contribution
from offenraum.gathering.models import Contribution
from offenraum.gathering.queries import complaints_of, hidden_contributions
from offenraum.kit.group_commit import durable


@require_GET
@at_desk()
def page(request: HttpRequest, desk: Access) -> HttpResponse:
    """Open reports, the oldest first, and what is hidden."""
    context = {
        "conference": desk.conference, "access": desk, "page": "day", "complaints": complaints_of(desk.conference),
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
