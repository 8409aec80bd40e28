"""What every screen of a conference shows beside its own content."""

from __future__ import annotations

from django.template.loader import render_to_string

from offenraum.conference.queries import notices_of
from offenraum.live.regions import Region, RegionRequest


def notice(request: RegionRequest) -> str:
    """The announcements that are current."""
    return render_to_string("conference/regions/notice.html", {"notices": notices_of(request.scope)})


REGIONS = [Region("notice", ("notice", "clock"), "public", notice)]
