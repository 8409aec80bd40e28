"""What bytes of a sensor mean: Cayenne LPP, and values of any decoded structure. Knows no Django."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

MOST_VALUES: Final = 200
MOST_DEPTH: Final = 6
MOST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a decoder made of a message; without errors `data` counts."""

    data: Any
    warnings: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()


class Field(NamedTuple):
    """A type of Cayenne LPP: its name, one format for each value and what one unit is worth."""

    name: str
    form: str
    scale: float
    parts: tuple[str, ...] = ("",)


LPP: Final[Mapping[int, Field]] = {
    0: Field("digital_in", ">B", 1), 1: Field("digital_out", ">B", 1), 2: Field("analog_in", ">h", 0.01),
    3: Field("analog_out", ">h", 0.01), 100: Field("generic", ">I", 1), 101: Field("illuminance", ">H", 1),
    102: Field("presence", ">B", 1), 103: Field("temperature", ">h", 0.1), 104: Field("humidity", ">B", 0.5),
    113: Field("acceleration", ">hhh", 0.001, ("_x", "_y", "_z")), 115: Field("pressure", ">H", 0.1),
    116: Field("voltage", ">H", 0.01), 117: Field("current", ">H", 0.001), 118: Field("frequency", ">I", 1),
    120: Field("percentage", ">B", 1), 121: Field("altitude", ">h", 1), 125: Field("concentration", ">H", 1),
    128: Field("power", ">H", 1), 130: Field("distance", ">I", 0.001), 131: Field("energy", ">I", 0.001),
    132: Field("direction", ">H", 1), 133: Field("unixtime", ">I", 1),
    134: Field("gyration", ">hhh", 0.01, ("_x", "_y", "_z")), 142: Field("switch", ">B", 1),
}
GPS: Final = 136
GPS_SIZE: Final = 9


def cayenne(payload: bytes) -> Decoded:
    """Cayenne LPP: channel, type, value, again and again; keys are name and channel (`temperature_1`)."""
    data: dict[str, float] = {}
    place = 0
    while place + 2 <= len(payload):
        channel, kind = payload[place], payload[place + 1]
        read = position(payload[place + 2 :]) if kind == GPS else plain(kind, payload[place + 2 :])
        if read is None:
            return Decoded(data or None, errors=(f"byte {place}: type {kind} is unknown or cut off",))
        size, values = read
        data |= {f"{name}_{channel}": value for name, value in values.items()}
        place += 2 + size
    if place != len(payload) or not payload:
        return Decoded(data or None, errors=(f"byte {place}: the message is cut off",))
    return Decoded(data)


def plain(kind: int, rest: bytes) -> tuple[int, dict[str, float]] | None:
    field = LPP.get(kind)
    if field is None or len(rest) < struct.calcsize(field.form):
        return None
    raw = struct.unpack_from(field.form, rest)
    values = zip(field.parts, raw, strict=True)
    return struct.calcsize(field.form), {f"{field.name}{part}": round(one * field.scale, 6) for part, one in values}


def position(rest: bytes) -> tuple[int, dict[str, float]] | None:
    if len(rest) < GPS_SIZE:
        return None
    latitude, longitude, altitude = (int.from_bytes(rest[n : n + 3], "big", signed=True) for n in (0, 3, 6))
    return GPS_SIZE, {"latitude": latitude / 10_000, "longitude": longitude / 10_000, "altitude": altitude / 100}


def values_of(data: object) -> dict[str, float]:
    """Every finite number in a decoded structure by its path (`soil.moisture`, `values.0`); texts of numbers count."""
    found: dict[str, float] = {}
    for path, value in leaves(data):
        if len(found) >= MOST_VALUES:
            break
        number = number_of(value)
        if number is not None and 0 < len(path) <= MOST_NAME and path.isprintable():
            found[path] = number
    return found


def leaves(data: object, path: str = "", depth: int = 0) -> Iterator[tuple[str, object]]:
    if depth > MOST_DEPTH:
        return
    if isinstance(data, Mapping):
        for name, value in data.items():
            yield from leaves(value, f"{path}.{name}" if path else str(name), depth + 1)
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from leaves(value, f"{path}.{place}" if path else str(place), depth + 1)
    else:
        yield path, data


def number_of(value: object) -> float | None:
    """A finite number; None for anything else, also for NaN, infinity and what no float can hold."""
    if not isinstance(value, bool | int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
