"""What public stations answer: PEGELONLINE (REST-API v2) and Sensor.Community (API v1). Knows no Django."""

from __future__ import annotations

import json
from typing import Any, Final
from urllib.parse import quote

from offenraum.sensors.codecs import number_of
from offenraum.sensors.uplinks import BadUplink, Uplink, mark_of, time_of

ADDRESSES: Final = {
    "pegelonline": "https://www.pegelonline.wsv.de/webservices/rest-api/v2/stations/{mark}/W/measurements.json?start=PT6H",
    "community": "https://data.sensor.community/airrohr/v1/sensor/{mark}/",
}
MARKS: Final = (
    "https://www.pegelonline.wsv.de/webservices/rest-api/v2/stations/{mark}/W.json?includeCharacteristicValues=true"
)
MOST: Final = 500


def address_of(source: str, mark: str, *, base: str = "") -> str:
    """Where a station is asked; `base` replaces the part before the path."""
    return rebased(ADDRESSES[source].format(mark=quote(mark, safe="")), base)


def marks_address(mark: str, *, base: str = "") -> str:
    """Where a gauge tells its characteristic values."""
    return rebased(MARKS.format(mark=quote(mark, safe="")), base)


def rebased(address: str, base: str) -> str:
    return base + address.partition("://")[2].partition("/")[2] if base else address


def read(source: str, mark: str, body: bytes) -> list[Uplink]:
    """The values in an answer as messages of one device; raises BadUplink."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadUplink("body", "this is no JSON") from error
    if not isinstance(told, list):
        raise BadUplink("body", "a list is missing here")
    reader = level if source == "pegelonline" else community
    return [message for one in told[-MOST:] if isinstance(one, dict) and (message := reader(mark, one)) is not None]


def read_marks(body: bytes) -> dict[str, float]:
    """The characteristic values of a gauge by their short names (MNW, MHW, HSW); raises BadUplink."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadUplink("body", "this is no JSON") from error
    listed = told.get("characteristicValues") if isinstance(told, dict) else None
    if not isinstance(listed, list):
        raise BadUplink("characteristicValues", "a list is missing here")
    values = {str(one.get("shortname")): number_of(one.get("value")) for one in listed[:MOST] if isinstance(one, dict)}
    return {name: value for name, value in values.items() if value is not None}


def level(mark: str, told: dict[str, Any]) -> Uplink | None:
    """One water level: `{"timestamp": …, "value": …}`."""
    moment = time_of(told.get("timestamp"))
    if moment is None:
        return None
    return Uplink(mark, mark_of("pegelonline", mark, moment), moment, decoded={"W": told.get("value")})


def community(mark: str, told: dict[str, Any]) -> Uplink | None:
    """One message of a box, whose time is UTC without saying so."""
    moment, listed = time_of(told.get("timestamp")), told.get("sensordatavalues")
    if moment is None or not isinstance(listed, list):
        return None
    values = {str(one.get("value_type")): one.get("value") for one in listed if isinstance(one, dict)}
    return Uplink(mark, mark_of("community", mark, told.get("id"), moment), moment, decoded=values)
