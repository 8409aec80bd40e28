"""What messages mean: decoded, calculated, checked, counted into rollups, announced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from offenraum.live.changes import announce
from offenraum.sensors.codecs import Decoded, cayenne, values_of
from offenraum.sensors.models import Channel, Device, Message, Reading, Rollup
from offenraum.sensors.rules import SPANS, bucket_of, calculated, is_plausible
from offenraum.sensors.sandbox import Sandbox

MOST_AT_ONCE: Final = 40
"""So few that on SQLite those who write messages do not wait long."""

HISTORY_AT_ONCE: Final = 500
MOST_SAID: Final = 300
WRITTEN: Final = "UPDATE sensors_message SET state = %s, result = %s, said = %s, decoded_by = %s WHERE id = %s"
MEASURED: Final = "measured"
"""What shows the newest values of many devices: lists and walls."""


def decode(message: Message, device: Device, sandbox: Sandbox) -> Decoded:
    """What the device's decoder says; nothing is written."""
    if device.decoder == Device.Decoder.CAYENNE:
        return cayenne(bytes(message.payload))
    if device.decoder == Device.Decoder.STORED or device.codec is None:
        return Decoded(message.decoded) if message.decoded is not None else Decoded(None, errors=("nothing decoded",))
    return sandbox.decode(
        source=device.codec.source, payload=bytes(message.payload), f_port=message.f_port,
        received_at=message.measured_at,
    )


def decode_new(sandbox: Sandbox) -> int:
    """Decode what waits, the oldest first; returns how many messages that were."""
    waiting = Message.objects.filter(state=Message.State.NEW).select_related("device__codec", "device__conference")
    messages = list(waiting.order_by("pk")[:MOST_AT_ONCE])
    results = {message.pk: decode(message, message.device, sandbox) for message in messages if message.device}
    if messages:
        keep_results(messages=messages, results=results)
    return len(messages)


@transaction.atomic
def keep_results(*, messages: Sequence[Message], results: dict[int, Decoded]) -> None:
    """Store readings of messages that nobody else has decoded in the meantime."""
    still = Message.objects.select_for_update().filter(pk__in=[one.pk for one in messages], state=Message.State.NEW)
    free = set(still.values_list("pk", flat=True))
    kept = [message for message in messages if message.pk in free]
    for message in kept:
        mark(message, results[message.pk])
    write_results(kept)
    good = [message for message in kept if message.state == Message.State.DECODED]
    channels: dict[int, list[Channel]] = {}
    for channel in Channel.objects.filter(device__in={message.device_id for message in good}):
        channels.setdefault(channel.device_id, []).append(channel)
    readings = [reading for one in good for reading in readings_of(one, channels.get(one.device_id or 0, []))]
    store(readings)
    note_heard(kept)


def write_results(messages: Sequence[Message]) -> None:
    """One statement for each; `bulk_update` takes three times as long, in which those who write messages wait."""
    column = Message._meta.get_field("result")
    rows = [
        (one.state, column.get_db_prep_save(one.result, connection), one.said, one.decoded_by, one.pk)
        for one in messages
    ]
    with connection.cursor() as cursor:
        cursor.executemany(WRITTEN, rows)


def mark(message: Message, result: Decoded) -> None:
    """Note on a message what became of it."""
    device = message.device
    assert device is not None  # noqa: S101 - only messages of devices are decoded
    codec = device.codec if device.decoder == Device.Decoder.CODEC else None
    message.state = Message.State.FAILED if result.errors else Message.State.DECODED
    message.result = values_of(result.data)
    message.said = storable("; ".join([*result.errors, *result.warnings]))[:MOST_SAID]
    message.decoded_by = f"{codec.name} {codec.version}" if codec else device.decoder


def storable(text: str) -> str:
    """What a foreign program says, without what a database refuses."""
    return "".join(sign for sign in text if sign.isprintable())


def readings_of(message: Message, channels: Iterable[Channel]) -> Iterable[Reading]:
    for channel in channels:
        raw = (message.result or {}).get(channel.key)
        value = calculated(channel.formula, raw) if raw is not None else None
        if value is not None:
            yield Reading(
                channel=channel, message=message, measured_at=message.measured_at, value=value,
                is_plausible=is_plausible(value, low=channel.low, high=channel.high),
            )


def store(readings: Sequence[Reading]) -> None:
    """Readings, the newest value of each channel, and the rollups; what is implausible goes only into quarantine."""
    Reading.objects.bulk_create(readings)
    plausible = [reading for reading in readings if reading.is_plausible]
    newest: dict[int, Reading] = {}
    for reading in sorted(plausible, key=lambda one: one.measured_at):
        newest[reading.channel_id] = reading
    for key, reading in newest.items():
        older = Q(measured_at__isnull=True) | Q(measured_at__lt=reading.measured_at)
        Channel.objects.filter(older, pk=key).update(value=reading.value, measured_at=reading.measured_at)
    roll_up(plausible)


@dataclass
class Bucket:
    """Readings of one span."""

    values: list[float] = field(default_factory=list)


def roll_up(readings: Iterable[Reading]) -> None:
    """Add readings to the buckets of each span, one update a bucket."""
    buckets: dict[tuple[int, int, datetime], Bucket] = {}
    for reading in readings:
        for seconds in SPANS:
            key = (reading.channel_id, seconds, bucket_of(reading.measured_at, seconds))
            buckets.setdefault(key, Bucket()).values.append(reading.value)
    for (channel, seconds, begins_at), bucket in sorted(buckets.items()):
        values = bucket.values
        own = {"channel_id": channel, "seconds": seconds, "begins_at": begins_at}
        added = Rollup.objects.filter(**own).update(
            count=F("count") + len(values), total=F("total") + sum(values),
            low=Least(F("low"), min(values)), high=Greatest(F("high"), max(values)),
        )
        if not added:
            Rollup.objects.create(
                **own, count=len(values), total=sum(values), low=min(values), high=max(values)
            )


def note_heard(messages: Sequence[Message]) -> None:
    """When each device was heard last, and every page that shows it."""
    last: dict[int, Message] = {}
    for message in messages:
        if message.device_id is not None:
            known = last.get(message.device_id)
            last[message.device_id] = message if known is None or known.measured_at < message.measured_at else known
    scopes: dict[str, set[str]] = {}
    for key, message in last.items():
        older = Q(heard_at__isnull=True) | Q(heard_at__lt=message.measured_at)
        Device.objects.filter(older, pk=key).update(heard_at=message.measured_at)
        assert message.device is not None  # noqa: S101 - chosen above
        scopes.setdefault(message.device.conference.slug, {MEASURED}).add(f"device-{message.device.number}")
    for scope, topics in sorted(scopes.items()):
        announce(scope=scope, topics=topics)


@transaction.atomic
def decode_again(*, device: Device) -> int:
    """Forget what the messages of a device were taken to mean, and let a worker decode them anew."""
    Reading.objects.filter(channel__device=device, message__isnull=False).delete()
    Rollup.objects.filter(channel__device=device).delete()
    Channel.objects.filter(device=device).update(value=None, measured_at=None)
    history = Reading.objects.filter(channel__device=device, is_plausible=True)
    for start in range(0, history.count(), HISTORY_AT_ONCE):
        roll_up(history.order_by("pk")[start : start + HISTORY_AT_ONCE])
    waiting = Message.objects.filter(device=device).exclude(state=Message.State.NEW).update(state=Message.State.NEW)
    announce(scope=device.conference.slug, topics=[MEASURED, f"device-{device.number}"])
    return waiting
