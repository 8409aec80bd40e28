"""What the check-in shows live: how many have come."""

from __future__ import annotations

from django.template.loader import render_to_string

from offenraum.live.regions import Region, RegionRequest
from offenraum.seats.queries import presence_of


def presence(request: RegionRequest) -> str:
    """How many are here, and how many of the registered are not yet."""
    return render_to_string("seats/regions/presence.html", {"presence": presence_of(request.scope)})


REGIONS = [Region("presence", ("presence",), "desk", presence)]
