"""Badges as files: a batch by the worker, one at once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from offenraum.conference.queries import now_of
from offenraum.conference.queries.access import Access
from offenraum.desk.access import at_desk
from offenraum.desk.answers import back, say
from offenraum.desk.forms.badges import BadgePrintForm, LayoutForm
from offenraum.kit.group_commit import durable
from offenraum.kit.sealed import unseal_bytes
from offenraum.seats.actions.keys import badges_to_print
from offenraum.seats.models import BadgePrint, Seat
from offenraum.seats.prints.badges import badges_pdf
from offenraum.seats.prints.queue import UNFINISHED, ask_for_badges, prints_of


@require_GET
@at_desk()
def page(request: HttpRequest, desk: Access) -> HttpResponse:
    """What can be printed, what is being printed, what is ready."""
    return badges_page(request, desk, BadgePrintForm(conference=desk.conference))


def badges_page(request: HttpRequest, desk: Access, form: BadgePrintForm) -> HttpResponse:
    prints = list(prints_of(desk.conference))
    context = {
        "conference": desk.conference, "access": desk, "page": "seats", "form": form, "prints": prints,
        "is_busy": any(one.state in UNFINISHED for one in prints), "seat_count": desk.conference.seats.count(),
    }
    return render(request, "desk/badge-prints.html", context, status=422 if form.errors else 200)


@require_POST
@at_desk()
def ask(request: HttpRequest, desk: Access) -> HttpResponse:
    """Have badges printed by the worker."""
    form = BadgePrintForm(request.POST, conference=desk.conference)
    if not form.is_valid():
        return badges_page(request, desk, form)
    durable(
        ask_for_badges, conference=desk.conference, numbers=form.numbers(), layout=form.cleaned_data["layout"],
        has_keys=form.cleaned_data["has_keys"], now=timezone.now(),
    )
    say(request, _("The badges are being made. This page shows them when they are ready."))
    return back(desk.conference, "badge-prints")


@require_GET
@at_desk()
def download(request: HttpRequest, desk: Access, run: int) -> HttpResponse:
    """A file of badges that is ready."""
    found = get_object_or_404(BadgePrint, conference=desk.conference, pk=run, state=BadgePrint.State.DONE)
    return pdf(unseal_bytes(found.sealed), f"schilder-{desk.conference.slug}-{found.pk}")


@require_POST
@at_desk()
def single(request: HttpRequest, desk: Access, number: int) -> HttpResponse:
    """The badge of one seat, at once; it is the one that is valid already."""
    seat = get_object_or_404(Seat.objects.select_related("conference"), conference=desk.conference, number=number)
    form = LayoutForm(request.POST)
    layout = form.cleaned_data["layout"] if form.is_valid() else BadgePrint.Layout.FOLDED
    badges = durable(badges_to_print, seats=[seat], now=now_of(desk.conference))
    return pdf(badges_pdf(desk.conference, badges, layout=layout).pdf, f"schild-{desk.conference.slug}-{number}")


def pdf(content: bytes, name: str) -> HttpResponse:
    disposition = f'inline; filename="{name}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": disposition})
