"""Networks, devices, codecs and channels are made and changed; histories are taken in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F, Max

from offenraum.conference.models import Conference
from offenraum.kit.keys import new_key
from offenraum.live.changes import announce
from offenraum.people.queries import digest_of
from offenraum.sensors.actions.decoding import MEASURED, decode_again, store
from offenraum.sensors.models import Channel, Codec, Device, Mark, Message, Network, Reading, Station
from offenraum.sensors.queries import channels_of_level
from offenraum.sensors.rules import calculated, is_plausible, plain_id

MOST_ROWS: Final = 500


@transaction.atomic
def make_network(*, conference: Conference, name: str, kind: str, now: datetime) -> tuple[Network, str]:
    """A network and its secret, which nobody can read again."""
    secret = new_key()
    network = Network.objects.create(
        conference=conference, name=name, kind=kind, secret_hash=digest_of(secret), made_at=now
    )
    return network, secret


@transaction.atomic
def end_network(*, network: Network, now: datetime) -> None:
    """The secret opens nothing any more; what has come stays."""
    Network.objects.filter(pk=network.pk, ended_at=None).update(ended_at=now)


@transaction.atomic
def keep_device(*, device: Device) -> Device:
    """Store what a form has checked; a new device gets the next number and what was kept of it before."""
    conference = Conference.objects.select_for_update().get(pk=device.conference_id)
    device.identity = plain_id(device.identity)
    if device._state.adding:
        last = Device.objects.filter(conference=conference).aggregate(last=Max("number"))["last"] or 0
        device.number = last + 1
    device.save()
    kept = Message.objects.filter(network=device.network, device=None, identity=device.identity)
    kept.update(device=device, state=Message.State.NEW)
    announce(scope=conference.slug, topics=["market", f"device-{device.number}"])
    return device


@transaction.atomic
def keep_station(*, station: Station) -> None:
    """Ask a public station from now on."""
    station.save()


@transaction.atomic
def drop_station(*, device: Device) -> None:
    """Ask it no more; what it said stays."""
    Station.objects.filter(device=device).delete()


@transaction.atomic
def keep_marks(*, station: Station, marks: Mapping[str, float], now: datetime) -> None:
    """Store what the values of a gauge mean; what it does not tell any more goes."""
    known = {name: value for name, value in marks.items() if name in Mark.Name.values}
    channels = list(channels_of_level(station.device))
    Mark.objects.filter(channel__in=channels).delete()
    rows = [Mark(channel=channel, name=name, value=value) for channel in channels for name, value in known.items()]
    Mark.objects.bulk_create(rows)
    Station.objects.filter(pk=station.pk).update(marks_asked_at=now)
    announce(scope=station.device.conference.slug, topics=[f"device-{station.device.number}"])


@transaction.atomic
def keep_channel(*, channel: Channel) -> None:
    """Store a channel; all that the device ever sent is calculated anew."""
    channel.save()
    decode_again(device=channel.device)


@transaction.atomic
def drop_channel(*, channel: Channel) -> None:
    Channel.objects.filter(pk=channel.pk).delete()
    announce(scope=channel.device.conference.slug, topics=[MEASURED, f"device-{channel.device.number}"])


@transaction.atomic
def keep_codec(*, codec: Codec) -> None:
    """Store a codec as its next version; devices that use it are decoded anew."""
    is_new = codec._state.adding
    codec.save()
    if not is_new:
        Codec.objects.filter(pk=codec.pk).update(version=F("version") + 1)
        codec.refresh_from_db()
    for device in Device.objects.filter(codec=codec).select_related("conference"):
        decode_again(device=device)


@transaction.atomic
def take_history(*, channel: Channel, rows: Iterable[tuple[datetime, float]]) -> int:
    """Add values of an earlier time, each moment once; returns how many are new."""
    wanted = dict(rows)
    moments = list(wanted)
    held = set(
        Reading.objects.filter(channel=channel, message=None, measured_at__in=moments)
        .values_list("measured_at", flat=True)
    )
    new = [(moment, calculated(channel.formula, raw)) for moment, raw in wanted.items() if moment not in held]
    readings = [
        Reading(
            channel=channel, measured_at=moment, value=value,
            is_plausible=is_plausible(value, low=channel.low, high=channel.high),
        )
        for moment, value in new if value is not None
    ]
    store(readings)
    announce(scope=channel.device.conference.slug, topics=[MEASURED, f"device-{channel.device.number}"])
    return len(readings)
