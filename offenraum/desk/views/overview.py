"""The desk at a glance."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from offenraum.conference.models import Room
from offenraum.conference.queries import known_walls
from offenraum.conference.queries.access import Access
from offenraum.conference.rules import Duty
from offenraum.desk.access import at_desk
from offenraum.kit.qr import qr


@require_GET
@at_desk(Duty.CHECK_IN)
def page(request: HttpRequest, desk: Access) -> HttpResponse:
    """What to do next, and the way to every screen of the day; a helper finds what helpers do."""
    if not desk.may(Duty.MODERATE):
        return render(request, "desk/helping.html", {"conference": desk.conference, "access": desk, "page": "desk"})
    address = f"{settings.ADDRESS}/{desk.conference.slug}/"
    context = {
        "conference": desk.conference, "access": desk, "page": "desk", "address": address, "qr": qr(address),
        "short_address": address.partition("://")[2].rstrip("/"),
        "walls": known_walls(desk.conference), "rooms": Room.objects.filter(conference=desk.conference),
        "may_organise": desk.may(Duty.ORGANISE),
    }
    return render(request, "desk/overview.html", context)
