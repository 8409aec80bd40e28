"""One's own page, behind the link of a letter: without an account, and opening it changes nothing."""

from __future__ import annotations

from collections.abc import Callable

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from offenraum.conference.models import Conference
from offenraum.conference.queries import now_of
from offenraum.kit.group_commit import durable
from offenraum.registration.actions import places
from offenraum.registration.actions.clearing import forget_without_seat
from offenraum.registration.actions.own import change_details
from offenraum.registration.forms.own import DetailsForm
from offenraum.registration.models import Registration
from offenraum.registration.queries import position_of
from offenraum.registration.queries.links import registration_of, ticket_address, ticket_key
from offenraum.seats.queries import code_now, seat_of_badge
from offenraum.seats.rules import printed_code


def own_registration(slug: str, secret: str) -> Registration:
    """Whose page this is; nobody's is a 404."""
    conference = get_object_or_404(Conference, slug=slug)
    found = registration_of(conference=conference, secret=secret)
    if found is None:
        raise Http404
    return found


def context_of(found: Registration, secret: str) -> dict[str, object]:
    return {
        "conference": found.conference, "registration": found, "secret": secret, "page": "registration",
        "position": position_of(found), "is_in_time": found.confirm_by is None
        or now_of(found.conference) < found.confirm_by,
    }


@never_cache
@require_http_methods(["GET", "POST"])
def key(request: HttpRequest, slug: str, secret: str) -> HttpResponse:
    """The link in letters. Programs that look through mail open it too: only its buttons do something."""
    found = own_registration(slug, secret)
    if request.method == "POST":
        return redirect("registration_own", slug, secret)
    return render(request, "registration/key.html", context_of(found, secret))


@never_cache
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest, slug: str, secret: str) -> HttpResponse:
    """Ticket, place on the list, own data to be corrected."""
    found = own_registration(slug, secret)
    form = DetailsForm.of(found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and not found.is_over and form.is_valid():
        durable(change_details, registration=found, details=form.details())
        messages.success(request, _("Your data are saved."))
        return redirect("registration_own", slug, secret)
    context = context_of(found, secret) | {"form": form, "colleagues": found.colleagues.all()}
    seat = seat_of_badge(conference=found.conference, secret=ticket_key(found))
    if seat is not None:
        address = ticket_address(found)
        drawn = segno.make(address, error="m", micro=False).svg_data_uri(border=2, dark="#000", light="#fff")
        context |= {"seat": seat, "qr": drawn, "ticket": address, "code": printed_code(code_now(seat))}
    return render(request, "registration/own.html", context, status=422 if form.errors else 200)


@require_POST
def confirm(request: HttpRequest, slug: str, secret: str) -> HttpResponse:
    """Take the place, or say again that one comes."""
    found = own_registration(slug, secret)
    if act(request, places.confirm, found):
        messages.success(request, _("Thank you. Your place is confirmed."))
    return redirect("registration_own", slug, secret)


@never_cache
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, slug: str, secret: str) -> HttpResponse:
    """Give the place back or leave the list, after one question."""
    found = own_registration(slug, secret)
    if request.method == "POST":
        act(request, places.cancel, found)
        return redirect("registration_key", slug, secret)
    return render(request, "registration/cancel.html", context_of(found, secret))


@never_cache
@require_http_methods(["GET", "POST"])
def forget(request: HttpRequest, slug: str, secret: str) -> HttpResponse:
    """Delete everything of who waits or has cancelled; of who has a seat more hangs on it, so that is done there."""
    found = own_registration(slug, secret)
    if found.seat_id is not None:
        return redirect(f"/{slug}/platz/daten/loeschen")
    if request.method == "POST":
        durable(forget_without_seat, registration=found, now=now_of(found.conference))
    context = context_of(found, secret) | {"is_done": request.method == "POST"}
    return render(request, "registration/forget.html", context)


def act(request: HttpRequest, action: Callable[..., None], found: Registration) -> bool:
    try:
        durable(action, registration=found, now=now_of(found.conference))
    except places.TooLate as refusal:
        messages.warning(request, str(refusal.message))
        return False
    return True
