"""The regions of all slices, for what makes pages or reads them; a command that does neither need not load them."""

from __future__ import annotations

from offenraum.conference import regions as of_conference
from offenraum.desk import regions as of_desk
from offenraum.gathering import regions as of_gathering
from offenraum.live.regions import REGISTRY
from offenraum.market import regions as of_market
from offenraum.pages import regions as of_pages
from offenraum.programme import regions as of_programme
from offenraum.seats import regions as of_seats
from offenraum.sensors import regions as of_sensors

__all__ = ["REGISTRY"]

for regions in (of_conference, of_seats, of_gathering, of_sensors, of_market, of_programme, of_pages, of_desk):
    REGISTRY.register(regions.REGIONS)
