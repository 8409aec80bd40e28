"""Public stations are asked when their time has come."""

from __future__ import annotations

import logging
import urllib.request
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from offenraum.conference.queries import now_of
from offenraum.kit.group_commit import durable
from offenraum.sensors.actions.devices import keep_marks
from offenraum.sensors.actions.receiving import Incoming, receive
from offenraum.sensors.models import Station
from offenraum.sensors.queries import channels_of_level
from offenraum.sensors.stations import address_of, marks_address, read, read_marks
from offenraum.sensors.uplinks import BadUplink

TIMEOUT: Final = 10
MOST_BYTES: Final = 1 << 20
MOST_SAID: Final = 200
MARKS_EVERY: Final = timedelta(days=1)
AGENT: Final = "offenraum"
log = logging.getLogger(__name__)


def ask_stations(*, now: datetime, base: str = "") -> int:
    """Ask each station that is due by real time, one after the other; returns how many that were."""
    stations = Station.objects.select_related("device__conference", "device__network").order_by("pk")
    claimed = [station for station in stations if is_due(station, now) and is_claimed(station, now)]
    for station in claimed:
        ask(station, now=now, base=base)
    return len(claimed)


def is_due(station: Station, now: datetime) -> bool:
    return station.asked_at is None or now - station.asked_at >= timedelta(minutes=station.every_minutes)


def is_claimed(station: Station, now: datetime) -> bool:
    """Of several workers one asks."""
    before = Q(asked_at__isnull=True) if station.asked_at is None else Q(asked_at=station.asked_at)
    return bool(Station.objects.filter(before, pk=station.pk).update(asked_at=now))


def ask(station: Station, *, now: datetime, base: str) -> None:
    """One answer goes the same way as messages of a network; what went wrong is noted at the station."""
    device, said = station.device, ""
    try:
        body = fetched(address_of(station.source, station.mark, base=base))
        uplinks = read(station.source, device.identity, body)
        received_at = now_of(device.conference)
        if uplinks:
            durable(receive, Incoming(device.network, uplinks, b"", received_at))
        if tells_marks(station, now):
            marks = read_marks(fetched(marks_address(station.mark, base=base)))
            durable(keep_marks, station=station, marks=marks, now=now)
    except (OSError, BadUplink, ValueError) as error:
        said = f"{type(error).__name__}: {error}"[:MOST_SAID]
        log.warning("station %s: %s", station.mark, said)
    Station.objects.filter(pk=station.pk).update(said="".join(sign for sign in said if sign.isprintable()))


def tells_marks(station: Station, now: datetime) -> bool:
    """Once a day a gauge is asked what its values mean, as soon as there is a channel for them."""
    is_due = station.marks_asked_at is None or now - station.marks_asked_at >= MARKS_EVERY
    return station.source == Station.Source.PEGELONLINE and is_due and channels_of_level(station.device).exists()


def fetched(address: str) -> bytes:
    request = urllib.request.Request(address, headers={"User-Agent": AGENT})  # noqa: S310 - one of two known hosts
    with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
        body: bytes = answer.read(MOST_BYTES)
    return body
