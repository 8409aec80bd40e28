"""Reads about sensors: devices, what they measure now, series, raw messages, quarantine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db.models import Count, Max, QuerySet
from django.utils.formats import number_format

from offenraum.conference.models import Conference
from offenraum.people.queries import digest_of
from offenraum.sensors.charts import Chart, Point, chart_of
from offenraum.sensors.models import Channel, Device, Mark, Message, Network, Reading, Rollup
from offenraum.sensors.rules import state_of

DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)
FINE: Final = 600
COARSE: Final = 3600
RAW: Final = 10
LEVEL: Final = "W"
SUSPECTS: Final = 20
IN_ONE_READ: Final = 2000


def network_of(*, slug: str, kind: str, secret: str) -> Network | None:
    """The network that a secret opens."""
    found = Network.objects.filter(
        conference__slug=slug, conference__is_hidden=False, kind=kind, secret_hash=digest_of(secret), ended_at=None
    )
    return found.select_related("conference").first() if secret else None


def networks_opened(secrets: Iterable[str]) -> dict[tuple[str, str, str], Network]:
    """By slug, kind and secret the networks that these secrets open."""
    hashes = {digest_of(secret): secret for secret in secrets if secret}
    found = Network.objects.filter(secret_hash__in=hashes, ended_at=None, conference__is_hidden=False)
    return {
        (network.conference.slug, network.kind, hashes[network.secret_hash]): network
        for network in found.select_related("conference")
    }


def devices_of(conference: Conference) -> QuerySet[Device]:
    """Everything that measures, with its channels at hand."""
    found = Device.objects.filter(conference=conference).select_related("conference", "network", "codec")
    return found.prefetch_related("channels")


def places_of(devices: Iterable[Device]) -> dict[int, tuple[float, float]]:
    """Latitude and longitude of those whose place is known, by their number."""
    return {
        device.number: (device.latitude, device.longitude)
        for device in devices if device.latitude is not None and device.longitude is not None
    }


@dataclass(frozen=True, slots=True)
class Hour:
    """One line of the table beside the chart."""

    begins_at: datetime
    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Measured:
    """One channel as a page shows it."""

    channel: Channel
    state: str
    day: Chart | None
    week: Chart | None
    hours: tuple[Hour, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One device as a page shows it."""

    device: Device
    channels: tuple[Measured, ...]
    is_silent: bool


def shown_of(device: Device, *, now: datetime) -> Shown:
    """Newest values and charts of all channels, in as many questions whatever the number of readings."""
    rows: dict[tuple[int, int], list[Rollup]] = {}
    kept = Rollup.objects.filter(channel__device=device, seconds__in=(FINE, COARSE), begins_at__gte=now - WEEK)
    for row in kept.exclude(seconds=FINE, begins_at__lt=now - DAY).order_by("begins_at"):
        rows.setdefault((row.channel_id, row.seconds), []).append(row)
    marks: dict[int, list[Mark]] = {}
    for mark in Mark.objects.filter(channel__device=device):
        marks.setdefault(mark.channel_id, []).append(mark)
    return Shown(
        device=device, is_silent=is_silent(device, now=now),
        channels=tuple(measured_of(channel, rows, marks, now) for channel in device.channels.all()),
    )


def measured_of(
    channel: Channel, rows: dict[tuple[int, int], list[Rollup]], marks: dict[int, list[Mark]], now: datetime
) -> Measured:
    fine, coarse = rows.get((channel.pk, FINE), []), rows.get((channel.pk, COARSE), [])
    limits = [(value, kind) for value, kind in ((channel.warn, "warn"), (channel.alarm, "alarm")) if value is not None]
    value = channel.value
    return Measured(
        channel=channel, state="" if value is None else state_of(value, warn=channel.warn, alarm=channel.alarm),
        day=chart_of(points(fine), begins=now - DAY, ends=now, seconds=FINE, limits=limits),
        week=chart_of(points(coarse), begins=now - WEEK, ends=now, seconds=COARSE, limits=limits),
        hours=tuple(
            Hour(row.begins_at, row.total / row.count, row.low, row.high)
            for row in reversed(coarse) if row.begins_at >= now - DAY
        ),
        marks=tuple(marks.get(channel.pk, ())),
    )


def points(rows: list[Rollup]) -> list[Point]:
    return [Point(row.begins_at + timedelta(seconds=row.seconds / 2), row.total / row.count) for row in rows]


def channels_of_level(device: Device) -> QuerySet[Channel]:
    """Those that show what a gauge calls W."""
    return Channel.objects.filter(device=device, key=LEVEL)


@dataclass(frozen=True, slots=True)
class Newest:
    """The first value of a device in a few words, for lists and walls."""

    channel: Channel
    value: float
    state: str

    @property
    def text(self) -> str:
        """“Wasserstand 89 cm”, in the language of the page."""
        number = number_format(self.value, self.channel.decimals)
        return " ".join(part for part in (self.channel.name, number, self.channel.unit) if part)


def newest_of(device: Device, *, now: datetime) -> Newest | None:
    """What a device measures now; nothing of one that is silent."""
    if device.heard_at is None or is_silent(device, now=now):
        return None
    measured = (channel for channel in device.channels.all() if channel.value is not None)
    channel = next(measured, None)
    if channel is None or channel.value is None:
        return None
    return Newest(channel, channel.value, state_of(channel.value, warn=channel.warn, alarm=channel.alarm))


def is_silent(device: Device, *, now: datetime) -> bool:
    return device.heard_at is None or now - device.heard_at > timedelta(minutes=device.silent_minutes)


def raw_messages(device: Device, *, most: int = RAW) -> QuerySet[Message]:
    """The last messages as they came in, the newest first."""
    return Message.objects.filter(device=device).order_by("-pk")[:most]


def quarantine_of(device: Device) -> QuerySet[Reading]:
    """The newest values that cannot be."""
    found = Reading.objects.filter(channel__device=device, is_plausible=False).select_related("channel")
    return found.order_by("-measured_at")[:SUSPECTS]


def readings_in_parts(device: Device) -> Iterator[tuple[str, str, datetime, float]]:
    """All plausible readings in order of time: channel, unit, moment, value; read in parts."""
    rows = Reading.objects.filter(channel__device=device, is_plausible=True)
    columns = rows.order_by("measured_at", "pk").values_list("channel__name", "channel__unit", "measured_at", "value")
    for name, unit, moment, value in columns.iterator(chunk_size=IN_ONE_READ):
        yield name, unit, moment.astimezone(UTC), value


@dataclass(frozen=True, slots=True)
class Unknown:
    """A device that sends and is not known."""

    network: int
    network_name: str
    identity: str
    count: int
    last: datetime


def unknown_devices(conference: Conference) -> list[Unknown]:
    """Who sends to a network without being known there."""
    rows = Message.objects.filter(network__conference=conference, device=None)
    counted = rows.values("network", "network__name", "identity").annotate(n=Count("pk"), last=Max("received_at"))
    return [
        Unknown(row["network"], row["network__name"], row["identity"], row["n"], row["last"])
        for row in counted.order_by("-last")
    ]
