"""Messages come in: kept as they are in one insert, each once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from django.db import transaction

from offenraum.sensors.codecs import values_of
from offenraum.sensors.models import Device, Message, Network
from offenraum.sensors.rules import measured_at, plain_id
from offenraum.sensors.uplinks import Uplink

MOST_UNKNOWN: Final = 200
"""Messages of unknown devices that a network keeps; with more, new ones are refused."""


class Incoming(NamedTuple):
    """What came in by one request."""

    network: Network
    uplinks: Sequence[Uplink]
    body: bytes
    received_at: datetime


class Kept(NamedTuple):
    """What became of it."""

    new: int
    known: int
    unknown: int


@transaction.atomic
def receive(incoming: Incoming) -> Kept:
    """Keep each message that is not there yet; a worker decodes them afterwards."""
    identities = [plain_id(uplink.device) for uplink in incoming.uplinks]
    devices = {
        device.identity: device
        for device in Device.objects.filter(network=incoming.network, identity__in=set(identities))
    }
    keys = {uplink.key for uplink in incoming.uplinks}
    held = set(Message.objects.filter(network=incoming.network, key__in=keys).values_list("key", flat=True))
    rows = [
        row_of(incoming, uplink, identity, devices.get(identity))
        for uplink, identity in zip(incoming.uplinks, identities, strict=True) if uplink.key not in held
    ]
    unknown = [row for row in rows if row.device is None]
    if unknown and Message.objects.filter(network=incoming.network, device=None).count() >= MOST_UNKNOWN:
        rows = [row for row in rows if row.device is not None]
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    return Kept(new=len(rows), known=len(incoming.uplinks) - len(rows), unknown=len(unknown))


def row_of(incoming: Incoming, uplink: Uplink, identity: str, device: Device | None) -> Message:
    return Message(
        network=incoming.network, device=device, identity=identity, key=uplink.key, body=incoming.body,
        payload=uplink.payload, f_port=uplink.f_port, received_at=incoming.received_at,
        decoded=None if uplink.decoded is None else values_of(uplink.decoded),
        measured_at=measured_at(uplink.sent_at, received_at=incoming.received_at),
        state=Message.State.NEW if device else Message.State.UNKNOWN,
    )
