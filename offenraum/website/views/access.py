"""The accessibility statement of a conference and the way to tell about a barrier."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from offenraum.conference.models import Conference
from offenraum.conference.queries import conference_of, now_of
from offenraum.website.actions.visitors import send_remark
from offenraum.website.forms import RemarkForm
from offenraum.website.queries import limits_of, site_of


@require_GET
def statement(request: HttpRequest, slug: str) -> HttpResponse:
    return statement_page(request, conference_of(request, slug))


def statement_page(request: HttpRequest, conference: Conference, typed: RemarkForm | None = None) -> HttpResponse:
    now = now_of(conference)
    context = {
        "conference": conference, "site": site_of(conference), "limits": limits_of(conference, now=now),
        "counted_on": now.date(), "form": typed or RemarkForm(),
    }
    return render(request, "website/statement.html", context, status=422 if typed else 200)


@require_POST
def remark(request: HttpRequest, slug: str) -> HttpResponse:
    """A barrier is told; the organisers find it among their tasks."""
    conference = conference_of(request, slug)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return statement_page(request, conference, form)
    given = {name: form.cleaned_data[name] for name in ("key", "text", "place", "email")}
    send_remark(conference=conference, now=now_of(conference), **given)
    messages.success(request, _("Thank you. The organisers have your message."))
    return redirect("conference_accessibility", slug)
