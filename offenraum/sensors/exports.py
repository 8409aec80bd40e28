"""Measured values as open data: CSV, JSON, GeoJSON, and a description as Data Package."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from django.conf import settings

from offenraum.sensors.models import Device
from offenraum.sensors.queries import readings_in_parts

LICENCES: Final = {
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "ODbL 1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
    "dl-de/by-2-0": "https://www.govdata.de/dl-de/by-2-0",
    "dl-de/zero-2-0": "https://www.govdata.de/dl-de/zero-2-0",
}


def cell(text: str) -> str:
    """Text for CSV: quoted, and never a formula of a spreadsheet."""
    safe = f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t"} else text
    return '"' + safe.replace('"', '""') + '"'


def as_csv(device: Device) -> Iterator[str]:
    yield "channel,unit,measured_at,value\r\n"
    for name, unit, moment, value in readings_in_parts(device):
        yield f"{cell(name)},{cell(unit)},{moment.isoformat()},{value!r}\r\n"


def as_json(device: Device) -> Iterator[str]:
    yield json.dumps(described(device), ensure_ascii=False)[:-1] + ', "readings": ['
    comma = ""
    for name, unit, moment, value in readings_in_parts(device):
        row = {"channel": name, "unit": unit, "measured_at": moment.isoformat(), "value": value}
        yield comma + json.dumps(row, ensure_ascii=False)
        comma = ",\n"
    yield "]}"


def described(device: Device) -> dict[str, Any]:
    """What a device is, with licence and provenance."""
    return {
        "name": device.name, "place": device.place, "owner": device.owner, "licence": device.licence,
        "source": address_of(device), "decoder": str(device.get_decoder_display()),
        "codec": f"{device.codec.name} {device.codec.version}" if device.codec else "",
    }


def address_of(device: Device) -> str:
    return f"{settings.ADDRESS}/{device.conference.slug}/sensoren/{device.number}"


def as_geojson(device: Device) -> dict[str, Any]:
    """The device with its newest values at its place (RFC 7946)."""
    newest = [
        {
            "channel": channel.name, "unit": channel.unit, "value": channel.value,
            "measured_at": channel.measured_at.isoformat() if channel.measured_at else None,
        }
        for channel in device.channels.all()
    ]
    is_placed = device.latitude is not None and device.longitude is not None
    geometry = {"type": "Point", "coordinates": [device.longitude, device.latitude]} if is_placed else None
    return {"type": "Feature", "geometry": geometry, "properties": {**described(device), "newest": newest}}


def as_datapackage(device: Device) -> dict[str, Any]:
    """Frictionless Data Package of the CSV file."""
    fields = [
        {"name": "channel", "type": "string"}, {"name": "unit", "type": "string"},
        {"name": "measured_at", "type": "datetime"}, {"name": "value", "type": "number"},
    ]
    licence: dict[str, str] = {"title": device.licence}
    if path := LICENCES.get(device.licence):
        licence["path"] = path
    return {
        "profile": "tabular-data-package", "name": f"{device.conference.slug}-{device.number}", "title": device.name,
        "homepage": address_of(device), "licenses": [licence] if device.licence else [],
        "sources": [{"title": device.owner or device.name}],
        "resources": [{
            "profile": "tabular-data-resource", "name": "readings", "path": f"{address_of(device)}/daten.csv",
            "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "schema": {"fields": fields},
        }],
    }
