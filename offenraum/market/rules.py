"""Decisions about the market on plain values: times at a stand, dots, positions on the floor plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Final

MOST_DOTS: Final = 20
MOST_STANDS: Final = 200
PLAN: Final = 1000
"""Positions on the floor plan are thousandths of its width and height."""

SPAN: Final = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–]\s*(\d{1,2})(?:[:.](\d{2}))?(?:\s*Uhr)?")
Span = tuple[time, time]


def read_times(text: str) -> list[Span]:
    """Times of day such as `9-12, 13:30-15 Uhr`; ValueError names the part that is none."""
    return [read_span(part.strip()) for part in re.split(r"[,;]|\bund\b|\band\b", text) if part.strip()]


def read_span(text: str) -> Span:
    found = SPAN.fullmatch(text)
    if found is None:
        raise ValueError(text)
    hours, minutes, end_hours, end_minutes = (int(part or 0) for part in found.groups())
    try:
        begins, ends = time(hours, minutes), time(end_hours, end_minutes)
    except ValueError:
        raise ValueError(text) from None
    if ends <= begins:
        raise ValueError(text)
    return begins, ends


def is_staffed(times: Iterable[Span], moment: datetime) -> bool:
    """Whether somebody is at the stand at a moment, in the moment's own zone."""
    return any(begins <= moment.time() < ends for begins, ends in times)


def kept_dots(wanted: Mapping[int, int], *, dots: int) -> dict[int, int]:
    """The dots of one voice: choices that got none are left out; ValueError when there are too many or negative."""
    kept = {choice: count for choice, count in wanted.items() if count}
    if any(count < 0 for count in kept.values()) or sum(kept.values()) > dots:
        raise ValueError(dots)
    return kept


def is_over(*, ends_at: datetime | None, now: datetime) -> bool:
    """After the event the market is an archive: to be read, not to be used."""
    return ends_at is not None and now >= ends_at
