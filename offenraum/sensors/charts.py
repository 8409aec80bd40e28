"""A line over time as a drawing: numbers in, coordinates out. Knows no Django."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

WIDTH: Final = 640
HEIGHT: Final = 220
LEFT: Final = 64
BOTTOM: Final = 28
TOP: Final = 8
LINES: Final = 4
PAUSE: Final = 3
"""A gap of more than so many buckets breaks the line."""


@dataclass(frozen=True, slots=True)
class Point:
    """The mean of one bucket."""

    at: datetime
    value: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across: where, and what it says."""

    y: float
    value: float
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark below: where, and which moment."""

    x: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Chart:
    """What a template draws."""

    lines: tuple[str, ...]
    rules: tuple[Rule, ...]
    limits: tuple[Rule, ...]
    ticks: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    base: int = HEIGHT - BOTTOM


def chart_of(
    points: Sequence[Point], *, begins: datetime, ends: datetime, seconds: int, limits: Sequence[tuple[float, str]] = ()
) -> Chart | None:
    """The chart of points in order of time; None without any."""
    if not points:
        return None
    values = [point.value for point in points] + [value for value, _kind in limits]
    low, high, step = scale_of(min(values), max(values))

    def x(moment: datetime) -> float:
        return round(LEFT + (WIDTH - LEFT) * ((moment - begins) / (ends - begins)), 1)

    def y(value: float) -> float:
        return round(TOP + (HEIGHT - BOTTOM - TOP) * (1 - (value - low) / (high - low)), 1)

    parts = [" ".join(f"{x(one.at)},{y(one.value)}" for one in part) for part in unbroken(points, seconds)]
    count = round((high - low) / step)
    rules = [Rule(y(low + step * n), round(low + step * n, 6)) for n in range(count + 1)]
    marks = [begins + (ends - begins) * n / LINES for n in range(LINES)]
    return Chart(
        lines=tuple(parts), rules=tuple(rules), limits=tuple(Rule(y(value), value, kind) for value, kind in limits),
        ticks=tuple(Tick(x(moment), moment) for moment in marks),
    )


def scale_of(low: float, high: float) -> tuple[float, float, float]:
    """Round ends and a round step that hold the values, with three to six lines."""
    if high - low < 1e-9:
        low, high = low - max(1.0, abs(low) * 0.1), high + max(1.0, abs(high) * 0.1)
    rough = (high - low) / LINES
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    return math.floor(low / step) * step, math.ceil(high / step) * step, step


def unbroken(points: Sequence[Point], seconds: int) -> list[list[Point]]:
    parts: list[list[Point]] = []
    for point in points:
        if parts and point.at - parts[-1][-1].at <= timedelta(seconds=PAUSE * seconds):
            parts[-1].append(point)
        else:
            parts.append([point])
    return parts
