"""What is on now, the wall and the door signs, kept current by the stream."""

from __future__ import annotations

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from offenraum.conference.models import Conference, Room
from offenraum.conference.queries import now_of, wall_numbered
from offenraum.live.regions import Region, RegionError, RegionRequest
from offenraum.pages.queries import moment_of, wall_of
from offenraum.pages.queries.door import door_of
from offenraum.pages.words import sign_of
from offenraum.programme.queries.published import programme_of


def now(request: RegionRequest) -> str:
    """What runs now and what comes next, for everybody."""
    conference = Conference.objects.get(slug=request.scope)
    programme, shown = programme_of(conference), now_of(conference)
    with timezone.override(conference.zone):
        context = {"conference": conference, "programme": programme, "moment": moment_of(programme, now=shown)}
        return render_to_string("pages/regions/now.html", context)


def wall(request: RegionRequest) -> str:
    """The projector's page."""
    conference = Conference.objects.get(slug=request.scope)
    address = f"{settings.ADDRESS}/{conference.slug}/"
    setting = wall_numbered(conference, request.argument_number if request.argument else 1)
    with timezone.override(conference.zone):
        context = {
            "conference": conference, "address": address, "setting": setting,
            "wall": wall_of(conference, now=now_of(conference), content=setting.content),
            "short_address": address.partition("://")[2].rstrip("/"), "qr": qr(address), "clock": conference.clock,
        }
        return render_to_string("pages/regions/wall.html", context)


def qr(text: str) -> str:
    """A QR as an address that an image can show."""
    return segno.make(text, error="m", micro=False).svg_data_uri(border=2, dark="#000", light="#fff")


def door(request: RegionRequest) -> str:
    """The sign of one room; `argument` is its id."""
    conference = Conference.objects.get(slug=request.scope)
    room = Room.objects.filter(conference=conference, pk=request.argument_number).first()
    if room is None:
        raise RegionError(request.argument)
    with timezone.override(conference.zone):
        context = {"sign": sign_of(door_of(conference, room, now=now_of(conference)))}
        return render_to_string("pages/regions/door.html", context)


REGIONS = [
    Region("now", ("programme", "clock"), "public", now),
    Region("wall", ("round", "board", "programme", "plan", "clock", "wall", "market", "measured"), "public", wall),
    Region("door", ("programme", "clock"), "public", door),
]
