"""Where devices stand, as a drawing without a foreign map: positions in, coordinates out. Knows no Django."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 640
LOW: Final = 240
HIGH: Final = 480
EDGE: Final = 48
METRES: Final = 111_320
"""Of a degree of latitude; of longitude that times the cosine of the latitude."""

SMALLEST: Final = 200.0
"""What stands closer together than so many metres is not drawn further apart than that."""

LONGEST_BAR: Final = 0.3
ROOM: Final = 36
"""Below the drawing, for the bar that tells the scale."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One device on the drawing."""

    number: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Map:
    """What a template draws; north is up."""

    spots: tuple[Spot, ...]
    height: float
    bar: float
    bar_metres: int
    width: int = WIDTH

    @property
    def bar_length(self) -> str:
        return f"{self.bar_metres} m" if self.bar_metres < 1000 else f"{self.bar_metres // 1000} km"

    @property
    def base(self) -> float:
        return self.height - 12


def map_of(places: Mapping[int, tuple[float, float]]) -> Map | None:
    """The map of devices by their number, with latitude and longitude; None without any.

    Equirectangular around the middle, which is true to scale within a municipality.
    """
    if not places:
        return None
    middle = [(min(values) + max(values)) / 2 for values in zip(*places.values(), strict=True)]
    narrow = math.cos(math.radians(middle[0])) or 1e-6
    metres = {
        number: ((longitude - middle[1]) * METRES * narrow, (middle[0] - latitude) * METRES)
        for number, (latitude, longitude) in places.items()
    }
    across = max(SMALLEST, 2 * max(abs(x) for x, _y in metres.values()))
    along = max(SMALLEST, 2 * max(abs(y) for _x, y in metres.values()))
    drawn = min(HIGH, max(LOW, (WIDTH - 2 * EDGE) * along / across + 2 * EDGE))
    scale = min((WIDTH - 2 * EDGE) / across, (drawn - 2 * EDGE) / along)
    bar = round_length(LONGEST_BAR * WIDTH / scale)
    return Map(
        spots=tuple(
            Spot(number, round(WIDTH / 2 + x * scale, 1), round(drawn / 2 + y * scale, 1))
            for number, (x, y) in sorted(metres.items())
        ),
        height=round(drawn + ROOM, 1), bar=round(bar * scale, 1), bar_metres=bar,
    )


def round_length(metres: float) -> int:
    """The longest of 1, 2 and 5 times a power of ten that fits."""
    power = 10 ** math.floor(math.log10(metres))
    return max(int(power * factor) for factor in (1, 2, 5) if power * factor <= metres)
