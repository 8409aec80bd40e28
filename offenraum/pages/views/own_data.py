"""My data: see, correct, take along, delete; by the seat's own device, without an account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from offenraum.conference.queries import conference_of, now_of
from offenraum.kit.group_commit import durable
from offenraum.pages.actions import correct
from offenraum.pages.forms import OwnDataForm
from offenraum.pages.queries.own_data import Section, own_data
from offenraum.programme.actions.forgetting import forget
from offenraum.registration.models import Registration
from offenraum.registration.queries.links import secret_of
from offenraum.seats.queries import SESSION_KEY, seat_of


def to_seat(slug: str) -> HttpResponse:
    """Without a seat there are no data; the page of the seat leads back here."""
    return redirect(f"/{slug}/platz?next=/{slug}/platz/daten")


@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that is stored about this seat, and a form for what can be corrected."""
    conference = conference_of(request, slug)
    seat = seat_of(request, conference)
    if seat is None:
        return to_seat(slug)
    form = OwnDataForm.of(seat, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        durable(correct, seat=seat, person=form.person(), is_listed=form.cleaned_data["is_listed"])
        messages.success(request, _("Your data are saved."))
        return redirect("my_data", slug)
    registration = Registration.objects.filter(seat=seat).first()
    with timezone.override(conference.zone):
        context = {
            "conference": conference, "seat": seat, "form": form, "sections": own_data(seat), "page": "seat",
            "registration": registration, "secret": secret_of(registration) if registration else "",
        }
        return render(request, "pages/my_data.html", context, status=422 if form.errors else 200)


@never_cache
@require_GET
def file(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for programs, to be taken along."""
    conference = conference_of(request, slug)
    seat = seat_of(request, conference)
    if seat is None:
        return to_seat(slug)
    with timezone.override(conference.zone):
        content = {"conference": slug, "seat": seat.number, "data": [in_json(one) for one in own_data(seat)]}
    headers = {"Content-Disposition": f'attachment; filename="meine-daten-{slug}.json"'}
    return JsonResponse(content, headers=headers, json_dumps_params={"ensure_ascii": False, "indent": 1})


def in_json(section: Section) -> dict[str, Any]:
    rows = [{fact.name: fact.raw for fact in row} for row in section.rows]
    return {"model": section.model, "purpose": section.purpose, "kept": section.keep, "rows": rows}


@never_cache
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, slug: str) -> HttpResponse:
    """Delete everything, after one page that says what goes and what stays."""
    conference = conference_of(request, slug)
    seat = seat_of(request, conference)
    if seat is None:
        return to_seat(slug)
    context = {"conference": conference, "seat": seat, "page": "seat"}
    if request.method == "POST":
        durable(forget, seat=seat, now=now_of(conference))
        seats = request.session.get(SESSION_KEY, {})
        request.session[SESSION_KEY] = {other: key for other, key in seats.items() if other != slug}
        return render(request, "pages/my_data_deleted.html", context)
    return render(request, "pages/my_data_delete.html", context)
