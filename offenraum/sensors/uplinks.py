"""Messages of The Things Stack v3, ChirpStack v4, Sensor.Community and plain ones, as the same value. Knows no Django.

Sources: thethingsindustries.com/docs "Data formats", chirpstack.io/docs "Event types", Sensor.Community's firmware.
"""

from __future__ import annotations

import base64
import binascii
import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from offenraum.sensors.rules import plain_id

MOST_BYTES: Final = 64 << 10
MOST_PAYLOAD: Final = 512
MOST_ROWS: Final = 500
SHORT_PAUSE: Final = 60
FRACTION: Final = re.compile(r"(\.\d{6})\d+")


class BadUplink(ValueError):
    """A message that cannot be read; says which field and why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.reason = field, reason


class NotAnUplink(ValueError):
    """A message about something else (join, status): nothing is wrong with it."""


@dataclass(frozen=True, slots=True)
class Uplink:
    """One message of one device. `key` is the same for the same message, however often and from wherever it comes."""

    device: str
    key: str
    sent_at: datetime | None = None
    payload: bytes = b""
    f_port: int | None = None
    f_cnt: int | None = None
    decoded: Any = None


def parse(network: str, body: bytes, *, received_at: datetime, event: str = "") -> list[Uplink]:
    """The messages in a body; raises BadUplink or NotAnUplink."""
    if len(body) > MOST_BYTES:
        raise BadUplink("body", f"more than {MOST_BYTES} bytes")
    uplinks = PARSERS[network](body, received_at, event)
    if not all(plain_id(uplink.device) for uplink in uplinks):
        raise BadUplink("device", "it has no letter and no digit of the Latin alphabet")
    return uplinks


def json_of(body: bytes) -> Any:
    try:
        return json.loads(body, parse_constant=refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BadUplink("body", "this is no JSON") from error


def refuse_constant(name: str) -> None:
    """NaN and infinity are not JSON; as values they mean nothing."""


def object_in(value: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise BadUplink(name, "an object is missing here")
    return value


def text_in(told: Mapping[str, Any], name: str, *, most: int = 64) -> str:
    value = told.get(name, "")
    if not isinstance(value, str | int) or isinstance(value, bool) or not 0 < len(str(value)) <= most:
        raise BadUplink(name, f"a text of 1 to {most} characters is missing here")
    return str(value)


def number_in(told: Mapping[str, Any], name: str, *, most: int) -> int:
    """A count; networks leave out what is zero."""
    value = told.get(name, 0)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise BadUplink(name, f"a whole number from 0 to {most} is missing here")
    return value


def bytes_in(told: Mapping[str, Any], name: str) -> bytes:
    value = told.get(name) or ""
    try:
        payload = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError, TypeError) as error:
        raise BadUplink(name, "this is no base64") from error
    if len(payload) > MOST_PAYLOAD:
        raise BadUplink(name, f"more than {MOST_PAYLOAD} bytes")
    return payload


def time_of(value: Any) -> datetime | None:
    """A moment in ISO 8601, of which nanoseconds are cut; None for what is none."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(FRACTION.sub(r"\1", value))
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def mark_of(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(map(str, parts)).encode(errors="replace")).hexdigest()


def things_stack(body: bytes, received_at: datetime, event: str) -> list[Uplink]:
    """The Things Stack v3: webhook and MQTT; zeros are left out."""
    told = object_in(json_of(body), "body")
    if "uplink_message" not in told:
        raise NotAnUplink("no uplink_message")
    ids, message = object_in(told.get("end_device_ids"), "end_device_ids"), object_in(
        told["uplink_message"], "uplink_message"
    )
    device = text_in(ids, "dev_eui" if "dev_eui" in ids else "device_id")
    f_cnt = number_in(message, "f_cnt", most=2**32 - 1)
    session = message.get("session_key_id")
    key = mark_of("session", device, session, f_cnt) if isinstance(session, str) and session else mark_of(body)
    return [Uplink(
        device=device, key=key, sent_at=time_of(message.get("received_at") or told.get("received_at")),
        payload=bytes_in(message, "frm_payload"), f_port=number_in(message, "f_port", most=255), f_cnt=f_cnt,
        decoded=message.get("decoded_payload"),
    )]


def chirpstack(body: bytes, received_at: datetime, event: str) -> list[Uplink]:
    """ChirpStack v4, JSON: HTTP with `?event=up` and MQTT."""
    if event not in {"", "up"}:
        raise NotAnUplink(event)
    told = object_in(json_of(body), "body")
    info = object_in(told.get("deviceInfo"), "deviceInfo")
    device, f_cnt = text_in(info, "devEui"), number_in(told, "fCnt", most=2**32 - 1)
    known = told.get("deduplicationId")
    key = mark_of("deduplication", known) if isinstance(known, str) and known else mark_of(body)
    return [Uplink(
        device=device, key=key, sent_at=time_of(told.get("time")), payload=bytes_in(told, "data"),
        f_port=number_in(told, "fPort", most=255), f_cnt=f_cnt, decoded=told.get("object"),
    )]


def sensor_community(body: bytes, received_at: datetime, event: str) -> list[Uplink]:
    """A box of Sensor.Community: no time and no counter; the same values within a minute are the same message."""
    told = object_in(json_of(body), "body")
    device = text_in(told, "esp8266id" if "esp8266id" in told else "raspiid" if "raspiid" in told else "sensor")
    listed = told.get("sensordatavalues")
    if not isinstance(listed, list):
        raise BadUplink("sensordatavalues", "a list is missing here")
    values = {}
    for one in listed[:MOST_ROWS]:
        pair = object_in(one, "sensordatavalues")
        values[text_in(pair, "value_type")] = pair.get("value")
    minute = int(received_at.timestamp()) // SHORT_PAUSE
    return [Uplink(device=device, key=mark_of(minute, body), decoded=values)]


def plain_json(body: bytes, received_at: datetime, event: str) -> list[Uplink]:
    """`{"device": …, "time": …, "values": {…}}`, or a list of them."""
    told = json_of(body)
    listed = told if isinstance(told, list) else [told]
    if not 0 < len(listed) <= MOST_ROWS:
        raise BadUplink("body", f"1 to {MOST_ROWS} messages are possible")
    return [plain(object_in(one, "body"), received_at) for one in listed]


def plain(told: Mapping[str, Any], received_at: datetime) -> Uplink:
    device, values = text_in(told, "device"), object_in(told.get("values"), "values")
    sent_at = time_of(told.get("time"))
    if told.get("time") is not None and sent_at is None:
        raise BadUplink("time", "a moment looks like this: 2018-09-04T10:00:00Z")
    own = told.get("id") if isinstance(told.get("id"), str | int) else None
    minute = "" if sent_at else int(received_at.timestamp()) // SHORT_PAUSE
    content = json.dumps(values, sort_keys=True, default=str)
    key = mark_of("id", device, own) if own else mark_of("plain", device, sent_at, minute, content)
    return Uplink(device=device, key=key, sent_at=sent_at, decoded=values)


def plain_csv(body: bytes, received_at: datetime, event: str) -> list[Uplink]:
    """Lines of `device;time;key;value` with such a header; commas do as well."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadUplink("body", "this is no UTF-8") from error
    separator = ";" if ";" in text.partition("\n")[0] else ","
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    if not {"device", "time", "key", "value"} <= set(rows.fieldnames or ()):
        raise BadUplink("body", "the first line must name device, time, key and value")
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        found.setdefault((row["device"] or "", row["time"] or ""), {})[row["key"] or ""] = row["value"]
    if not 0 < len(found) <= MOST_ROWS:
        raise BadUplink("body", f"1 to {MOST_ROWS} messages are possible")
    return [
        plain({"device": device, "time": time or None, "values": values}, received_at)
        for (device, time), values in found.items()
    ]


PARSERS: Final[Mapping[str, Callable[[bytes, datetime, str], list[Uplink]]]] = {
    "ttn": things_stack, "chirpstack": chirpstack, "luft": sensor_community, "json": plain_json, "csv": plain_csv,
}
