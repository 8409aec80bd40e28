"""Publishing the draft, and the draft on paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from offenraum.conference.queries import now_of
from offenraum.conference.queries.access import Access
from offenraum.conference.rules import Duty
from offenraum.desk.access import at_desk
from offenraum.desk.answers import attempt, back, not_understood, say
from offenraum.desk.forms import PublishForm
from offenraum.desk.queries.editions import preview_of, published_of
from offenraum.kit.group_commit import durable
from offenraum.post.queries import tells_first_edition
from offenraum.post.rules import LetterKind
from offenraum.programme.actions.editions import publish_edition
from offenraum.programme.prints.draft import draft_pdf
from offenraum.registration.actions.to_all import write_to_all


@require_GET
@at_desk()
def page(request: HttpRequest, desk: Access) -> HttpResponse:
    """What publishing would change, in sentences, and what has been published."""
    context = {
        "conference": desk.conference, "access": desk, "page": "board",
        "preview": preview_of(desk.conference), "published": published_of(desk.conference),
        "may_audit": desk.may(Duty.AUDIT),
    }
    return render(request, "desk/editions.html", context)


@require_POST
@at_desk()
def publish(request: HttpRequest, desk: Access) -> HttpResponse:
    """Publish the draft as the preview has shown it."""
    form = PublishForm(request.POST)
    if not form.is_valid():
        return not_understood(request, desk.conference, "editions")
    if attempt(
        request, publish_edition, conference=desk.conference, after=form.cleaned_data["after"],
        seen=form.cleaned_data["seen"], published_by=desk.role.value, now=now_of(desk.conference),
    ):
        say(request, _("Edition %(number)d is on every screen.") % {"number": form.cleaned_data["after"] + 1})
        if form.cleaned_data["after"] == 0 and tells_first_edition(desk.conference.slug):
            durable(write_to_all, conference=desk.conference, kind=LetterKind.PUBLISHED, now=now_of(desk.conference))
    return back(desk.conference, "editions")


@require_GET
@at_desk()
def draft_print(request: HttpRequest, desk: Access) -> HttpResponse:
    """The draft as a plain PDF, for the case that the network dies."""
    word = _("draft")
    name = f"{word}-{desk.conference.slug}-{now_of(desk.conference):%H%M}.pdf"
    return HttpResponse(
        draft_pdf(desk.conference), content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )
