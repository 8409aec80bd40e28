"""Signing in to a seat: by the badge's QR or link, by the typed code, or at once in an open conference."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from offenraum.conference.models import Conference
from offenraum.conference.queries import conference_of, now_of
from offenraum.kit.group_commit import durable
from offenraum.kit.qr import qr
from offenraum.seats.actions.devices import UnknownKey, sign_in_open, sign_in_with_key, sign_out
from offenraum.seats.actions.keys import issue_ticket
from offenraum.seats.forms import CodeForm
from offenraum.seats.prints.ticket import ticket_of, ticket_pdf
from offenraum.seats.queries import SESSION_KEY, device_secret_of, seat_of, seat_of_badge, signed_in

OUTWARD = re.compile(r"(\.|%2e){2}|\\", re.IGNORECASE)
"""What browsers read as a way up."""


@require_http_methods(["GET", "POST"])
def seat(request: HttpRequest, slug: str) -> HttpResponse:
    """The page where somebody types the code of a badge."""
    conference = conference_of(request, slug)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = enter(request, conference, form.cleaned_data["code"])
        if answer:
            return answer
        form.add_error("code", str(UnknownKey.message))
    context = {
        "conference": conference, "form": form, "next": next_of(request, conference),
        "signed_in": signed_in(request, conference), "page": "seat",
    }
    return render(request, "seats/seat.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def key(request: HttpRequest, slug: str, secret: str) -> HttpResponse:
    """The address in a badge's QR: opening it signs nobody in (mail scanners open links), its button does."""
    conference = conference_of(request, slug)
    if request.method == "POST" and (answer := enter(request, conference, secret)):
        return answer
    found = seat_of_badge(conference=conference, secret=secret)
    context = {"conference": conference, "seat": found, "next": next_of(request, conference), "page": "seat"}
    return render(request, "seats/key.html", context, status=200 if found else 404)


@require_POST
def open_seat(request: HttpRequest, slug: str) -> HttpResponse:
    """In an open conference this device becomes a seat."""
    conference = get_object_or_404(Conference, slug=slug, seat_mode=Conference.SeatMode.OPEN)
    if signed_in(request, conference) is None:
        remember(request, conference, sign_in_open(conference=conference, now=now_of(conference)))
    return redirect(next_of(request, conference))


@require_POST
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Sign this browser out of its seat."""
    conference = conference_of(request, slug)
    sign_out(device_secret=device_secret_of(request, conference), now=now_of(conference))
    request.session[SESSION_KEY] = {
        slug: secret for slug, secret in request.session.get(SESSION_KEY, {}).items() if slug != conference.slug
    }
    return redirect(f"/{conference.slug}/platz")


@require_GET
@never_cache
def ticket(request: HttpRequest, slug: str) -> HttpResponse:
    """The ticket of this browser's seat, to be shown at the entrance."""
    conference = conference_of(request, slug)
    own = seat_of(request, conference)
    if own is None:
        return redirect(f"/{slug}/platz?next=/{slug}/platz/ticket")
    shown = durable(ticket_of, seat=own, now=now_of(conference))
    context = {"conference": conference, "ticket": shown, "qr": qr(shown.address), "page": "seat"}
    return render(request, "seats/ticket.html", context)


@require_GET
@never_cache
def ticket_print(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as a page to print."""
    conference = conference_of(request, slug)
    own = seat_of(request, conference)
    if own is None:
        return redirect(f"/{slug}/platz?next=/{slug}/platz/ticket")
    durable(issue_ticket, seat=own, now=now_of(conference))
    content = ticket_pdf(own, now=now_of(conference))
    name = f'inline; filename="ticket-{conference.slug}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": name})


def enter(request: HttpRequest, conference: Conference, typed: str) -> HttpResponse | None:
    """Sign in with a key and go on; None when the key is unknown."""
    try:
        secret = sign_in_with_key(conference=conference, key=typed, now=now_of(conference))
    except UnknownKey:
        return None
    remember(request, conference, secret)
    return redirect(next_of(request, conference))


def remember(request: HttpRequest, conference: Conference, secret: str) -> None:
    request.session[SESSION_KEY] = request.session.get(SESSION_KEY, {}) | {conference.slug: secret}


def next_of(request: HttpRequest, conference: Conference) -> str:
    """Where to go on after signing in: a page of this conference, by default its topics."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and not OUTWARD.search(wanted)
    return wanted if is_ours and wanted.startswith(f"/{conference.slug}/") else f"/{conference.slug}/themen"
