"""Messages come in: kept as they are in one insert, each once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from django.db import transaction

from offenraum.conference.queries import now_of
from offenraum.sensors.codecs import values_of
from offenraum.sensors.models import Device, Message, Network
from offenraum.sensors.queries import networks_opened
from offenraum.sensors.rules import measured_at, plain_id
from offenraum.sensors.uplinks import BadUplink, NotAnUplink, Uplink, parse

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
    refused: int = 0


class Asked(NamedTuple):
    """A request that nobody has looked at yet."""

    slug: str
    kind: str
    secret: str
    body: bytes
    event: str


@transaction.atomic
def take_uplinks(asked: Sequence[Asked]) -> list[Kept | None]:
    """Keep what is plainly right of all requests that wait; None for what needs an explanation."""
    networks = networks_opened({one.secret for one in asked})
    requests = [incoming_of(one, networks.get((one.slug, one.kind, one.secret))) for one in asked]
    kept = iter(receive_all([request for request in requests if request is not None]))
    told = [None if request is None else next(kept) for request in requests]
    return [None if one is None or one.refused else one for one in told]


def incoming_of(asked: Asked, network: Network | None) -> Incoming | None:
    if network is None:
        return None
    received_at = now_of(network.conference)
    try:
        uplinks = parse(network.kind, asked.body, received_at=received_at, event=asked.event)
    except (BadUplink, NotAnUplink):
        return None
    return Incoming(network, uplinks, asked.body, received_at)


def receive(incoming: Incoming) -> Kept:
    """Keep each message that is not there yet; a worker decodes them afterwards."""
    return receive_all([incoming])[0]


@transaction.atomic
def receive_all(requests: Sequence[Incoming]) -> list[Kept]:
    """The same for all requests that wait, in as many questions as for one."""
    arrived = [(request, uplink, plain_id(uplink.device)) for request in requests for uplink in request.uplinks]
    networks = {request.network.pk for request in requests}
    devices = {
        (device.network_id, device.identity): device
        for device in Device.objects.filter(network__in=networks, identity__in={name for _r, _u, name in arrived})
    }
    held = set(
        Message.objects.filter(network__in=networks, key__in={uplink.key for _r, uplink, _n in arrived})
        .values_list("network", "key")
    )
    strange = {request.network.pk for request, _u, name in arrived if (request.network.pk, name) not in devices}
    rows: list[Message] = []
    told = []
    full = full_of(strange)
    for request in requests:
        new = rows_of(request, devices, held)
        kept = [row for row in new if row.device is not None or row.network_id not in full]
        told.append(Kept(
            new=len(kept), known=len(request.uplinks) - len(new), unknown=sum(row.device is None for row in kept),
            refused=len(new) - len(kept),
        ))
        rows += kept
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    return told


def full_of(networks: Collection[int]) -> set[int]:
    """Networks that have kept enough messages of unknown devices."""
    return {
        network for network in networks
        if Message.objects.filter(network=network, device=None).count() >= MOST_UNKNOWN
    }


def rows_of(
    request: Incoming, devices: dict[tuple[int, str], Device], held: set[tuple[int, str]]
) -> list[Message]:
    """The messages of one request that are new; from now on they are held."""
    rows = []
    for uplink in request.uplinks:
        mark, identity = (request.network.pk, uplink.key), plain_id(uplink.device)
        if mark not in held:
            held.add(mark)
            rows.append(row_of(request, uplink, identity, devices.get((request.network.pk, identity))))
    return rows


def row_of(incoming: Incoming, uplink: Uplink, identity: str, device: Device | None) -> Message:
    return Message(
        network=incoming.network, device=device, identity=identity, key=uplink.key, body=incoming.body,
        payload=uplink.payload, f_port=uplink.f_port, received_at=incoming.received_at,
        decoded=None if uplink.decoded is None else values_of(uplink.decoded),
        measured_at=measured_at(uplink.sent_at, received_at=incoming.received_at),
        state=Message.State.NEW if device else Message.State.UNKNOWN,
    )
