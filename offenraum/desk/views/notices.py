"""Announcements at the desk: sending one to every screen, taking it back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from offenraum.conference.actions.notices import end_notice, send_notice
from offenraum.conference.models import Notice
from offenraum.conference.queries import notices_of, now_of
from offenraum.conference.queries.access import Access
from offenraum.desk.access import at_desk
from offenraum.desk.answers import attempt, back, say
from offenraum.desk.forms.day import NoticeForm


@require_GET
@at_desk()
def page(request: HttpRequest, desk: Access) -> HttpResponse:
    """The form, and what is on the screens now."""
    return notices_page(request, desk, NoticeForm.fresh())


def notices_page(request: HttpRequest, desk: Access, form: NoticeForm) -> HttpResponse:
    context = {
        "conference": desk.conference, "access": desk, "page": "day", "form": form,
        "current": notices_of(desk.conference.slug),
    }
    return render(request, "desk/notices.html", context, status=422 if form.errors else 200)


@require_POST
@at_desk()
def send(request: HttpRequest, desk: Access) -> HttpResponse:
    """Show an announcement on every screen until it expires."""
    form = NoticeForm(request.POST)
    if not form.is_valid():
        return notices_page(request, desk, form)
    if attempt(
        request, send_notice, conference=desk.conference, sent_by=desk.name, now=now_of(desk.conference),
        **form.cleaned_data,
    ):
        say(request, _("The announcement is on every screen."))
    return back(desk.conference, "notices")


@require_POST
@at_desk()
def end(request: HttpRequest, desk: Access, notice: int) -> HttpResponse:
    """Take an announcement off every screen."""
    found = get_object_or_404(Notice, conference=desk.conference, pk=notice)
    if attempt(request, end_notice, notice=found, now=now_of(desk.conference)):
        say(request, _("The announcement is off every screen."))
    return back(desk.conference, "notices")
