"""Measured values on pages, kept current."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import timezone

from offenraum.conference.models import Conference
from offenraum.conference.queries import now_of
from offenraum.live.regions import Region, RegionError, RegionRequest
from offenraum.sensors.queries import devices_of, shown_of


def device(request: RegionRequest) -> str:
    """The newest values of a device with their charts."""
    conference = Conference.objects.get(slug=request.scope)
    found = devices_of(conference).filter(number=request.argument_number).first()
    if found is None:
        raise RegionError(request.argument)
    now = now_of(conference)
    with timezone.override(conference.zone):
        context = {"conference": conference, "shown": shown_of(found, now=now), "now": now}
        return render_to_string("sensors/regions/device.html", context)


REGIONS = [Region("device", ("device-{argument}", "clock"), "public", device)]
