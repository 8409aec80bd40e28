"""Paper for the day: plan, door sheets, list, cards, ballots."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from offenraum.conference.models import Conference
from offenraum.conference.queries.access import Access
from offenraum.conference.rules import Duty
from offenraum.desk.access import at_desk
from offenraum.desk.answers import back, warn
from offenraum.desk.forms.prints import BallotsForm, SinceForm
from offenraum.programme.models import Edition
from offenraum.programme.prints.plan import PAPERS, NothingPublished, list_pdf, plan_pdf, rooms_pdf
from offenraum.programme.prints.plenary import ballots_pdf, cards_pdf
from offenraum.programme.queries.published import latest_edition
from offenraum.seats.queries import last_number


@require_GET
@at_desk(Duty.BALLOTS)
def page(request: HttpRequest, desk: Access) -> HttpResponse:
    """All prints, with what each is for."""
    form = BallotsForm(initial={"first": 1, "last": last_number(conference=desk.conference)})
    return prints_page(request, desk, form)


def prints_page(request: HttpRequest, desk: Access, form: BallotsForm) -> HttpResponse:
    conference = desk.conference
    context = {
        "conference": conference, "access": desk, "page": "prints", "latest": latest_edition(conference),
        "editions": Edition.objects.filter(conference=conference).order_by("-number")[1:], "form": form,
    }
    return render(request, "desk/prints.html", context, status=422 if form.errors else 200)


@require_GET
@at_desk(Duty.BALLOTS)
def plan(request: HttpRequest, desk: Access, paper: str) -> HttpResponse:
    """The poster of the plan, A1 or A3."""
    if paper not in PAPERS:
        raise Http404
    return of_edition(request, desk, f"plan-{paper}", lambda conference: plan_pdf(conference, paper=paper))


@require_GET
@at_desk(Duty.BALLOTS)
def rooms(request: HttpRequest, desk: Access) -> HttpResponse:
    """The door sheets, all or only what changed since an edition."""
    form = SinceForm(request.GET)
    since = form.cleaned_data["seit"] if form.is_valid() else None
    return of_edition(request, desk, "raeume", lambda conference: rooms_pdf(conference, since=since))


@require_GET
@at_desk(Duty.BALLOTS)
def listed(request: HttpRequest, desk: Access) -> HttpResponse:
    """All sessions by time."""
    return of_edition(request, desk, "liste", list_pdf)


@require_GET
@at_desk(Duty.BALLOTS)
def cards(request: HttpRequest, desk: Access) -> HttpResponse:
    """A card for each topic."""
    return pdf(desk.conference, "karten", cards_pdf(desk.conference))


@require_GET
@at_desk(Duty.BALLOTS)
def ballots(request: HttpRequest, desk: Access) -> HttpResponse:
    """Ballots for seats, or one to be copied."""
    form = BallotsForm(request.GET)
    if not form.is_valid():
        return prints_page(request, desk, form)
    printed = ballots_pdf(desk.conference, seats=form.seats(), is_large=form.cleaned_data["large"])
    return pdf(desk.conference, "stimmzettel", printed)


def of_edition(
    request: HttpRequest, desk: Access, name: str, make: Callable[[Conference], bytes]
) -> HttpResponse:
    """A print of the latest edition; back with the reason when there is nothing on it."""
    try:
        return pdf(desk.conference, name, make(desk.conference))
    except NothingPublished:
        warn(request, _("There is nothing to print: no edition yet, or no room changed."))
        return back(desk.conference, "prints")


def pdf(conference: Conference, name: str, content: bytes) -> HttpResponse:
    edition = latest_edition(conference)
    file = f"{name}-{conference.slug}-{edition.number if edition else 0}.pdf"
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{file}"'}
    )
