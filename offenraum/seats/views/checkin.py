"""The check-in at the door: scan, code, name or a pre-printed badge; with a script and without."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from offenraum.conference.models import Conference
from offenraum.conference.queries.access import Access, desk_access
from offenraum.conference.rules import Duty, end_of_day
from offenraum.kit.accepts import reasons_of, wants_json
from offenraum.kit.group_commit import durable
from offenraum.seats.actions.checkin import NoBadgeLeft, admit_guest, check_in, undo_check_in
from offenraum.seats.forms import ArrivalForm, MomentForm, SeatNumberForm
from offenraum.seats.models import Seat
from offenraum.seats.queries import blank_badges, find_seats, scanned, seats_for_the_door

DoorView = Callable[[HttpRequest, Access], HttpResponse]
MOST_FOUND: Final = 12


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the helper sees at once: in, again, replaced, unknown, guest, none-left or undone."""

    kind: str
    number: int | None = None
    name: str = ""
    organisation: str = ""
    time: str = ""


def at_door(view: DoorView) -> Callable[[HttpRequest, str], HttpResponse]:
    """Give a view who checks in, in the conference's time; others do not get in."""

    @wraps(view)
    @never_cache
    def entered(request: HttpRequest, slug: str) -> HttpResponse:
        access = desk_access(request, slug, Duty.CHECK_IN)
        with timezone.override(access.conference.zone):
            return view(request, access)

    return entered


@require_http_methods(["GET", "POST"])
@at_door
def page(request: HttpRequest, access: Access) -> HttpResponse:
    """The page of the door; a POST checks one seat in."""
    if request.method != "POST":
        return door(request, access)
    form = ArrivalForm(request.POST)
    if not form.is_valid():
        return refused(request, access, form)
    return answer(request, access, arrive(access.conference, form))


def arrive(conference: Conference, form: ArrivalForm) -> Verdict:
    """Check in whoever the form means."""
    number, text = form.cleaned_data["number"], form.cleaned_data["code"]
    key = None if number else scanned(conference=conference, text=text)
    seat = key.seat if key else Seat.objects.filter(conference=conference, number=number or 0).first()
    if seat is None:
        return Verdict("unknown")
    if key and key.ended_at is not None:
        return verdict_on("replaced", seat)
    won = durable(check_in, seat=seat, now=moment_of(conference, form), key=form.cleaned_data["key"])
    return verdict_on("in" if won else "again", Seat.objects.get(pk=seat.pk))


def moment_of(conference: Conference, form: MomentForm) -> datetime:
    """When it was at the door: a device that had no network tells how long ago."""
    return conference.clock.at(timezone.now() - timedelta(seconds=form.cleaned_data["age"] or 0))


@require_POST
@at_door
def guest(request: HttpRequest, access: Access) -> HttpResponse:
    """Somebody without a registration: the next pre-printed badge, checked in."""
    form = MomentForm(request.POST)
    if not form.is_valid():
        return refused(request, access, form)
    key, now = form.cleaned_data["key"] or uuid.uuid4(), moment_of(access.conference, form)
    try:
        seat = durable(admit_guest, conference=access.conference, now=now, key=key)
    except NoBadgeLeft:
        return answer(request, access, Verdict("none-left"))
    return answer(request, access, verdict_on("guest", seat))


@require_POST
@at_door
def undo(request: HttpRequest, access: Access) -> HttpResponse:
    """Take back a check-in by mistake."""
    form = SeatNumberForm(request.POST)
    seat = get_object_or_404(
        Seat, conference=access.conference, number=form.cleaned_data["number"] if form.is_valid() else 0
    )
    durable(undo_check_in, seat=seat)
    return answer(request, access, verdict_on("undone", seat))


@require_GET
@at_door
def roll(request: HttpRequest, access: Access) -> HttpResponse:
    """The list for a check-in without network: numbers, names, times and tags; no key can be made from it."""
    zone, now = access.conference.zone, timezone.now()
    seats = [
        [one.number, one.name, time_of(one.checked_in_at, access.conference), one.tags]
        for one in seats_for_the_door(conference=access.conference)
    ]
    until = end_of_day(now.astimezone(zone))
    return JsonResponse({"seats": seats, "until": until.timestamp() * 1000, "scope": access.conference.slug})


def verdict_on(kind: str, seat: Seat) -> Verdict:
    time = time_of(seat.checked_in_at, seat.conference)
    return Verdict(kind, seat.number, seat.name, seat.organisation, time)


def time_of(moment: datetime | None, conference: Conference) -> str:
    return f"{moment.astimezone(conference.zone):%H:%M}" if moment else ""


def answer(request: HttpRequest, access: Access, verdict: Verdict) -> HttpResponse:
    """The verdict for a script, or the page with it."""
    if wants_json(request):
        return JsonResponse(asdict(verdict))
    return door(request, access, verdict=verdict)


def refused(request: HttpRequest, access: Access, form: MomentForm) -> HttpResponse:
    """What could not be read: the reason for a script, or the page with the form as it was typed."""
    if wants_json(request):
        return JsonResponse({"error": reasons_of(form)}, status=422)
    return door(request, access, form=form)


def door(
    request: HttpRequest, access: Access, *, verdict: Verdict | None = None, form: MomentForm | None = None
) -> HttpResponse:
    searched = (request.GET.get("q") or "").strip()[:80]
    found = list(find_seats(conference=access.conference, text=searched)[: MOST_FOUND + 1]) if searched else []
    context = {
        "conference": access.conference, "access": access, "page": "checkin", "verdict": verdict,
        "form": form if isinstance(form, ArrivalForm) else ArrivalForm(), "searched": searched,
        "found": found[:MOST_FOUND], "is_cut": len(found) > MOST_FOUND, "key": uuid.uuid4(), "guest_key": uuid.uuid4(),
        "blank_count": blank_badges(conference=access.conference).count(),
    }
    return render(request, "seats/checkin.html", context, status=422 if form else 200)
