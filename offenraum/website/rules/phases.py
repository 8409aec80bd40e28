"""In which phase a conference is, for its start page."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum


class Phase(StrEnum):
    """What the start page is about."""

    SAVE_THE_DATE = "save"
    OPEN = "open"
    WAITING = "waiting"
    CLOSED = "closed"
    TODAY = "today"
    OVER = "over"


class Entry(StrEnum):
    """Whether somebody can register; `NONE` where a conference takes no registrations."""

    NONE = "none"
    SOON = "soon"
    OPEN = "open"
    FULL = "full"
    CLOSED = "closed"


BEFORE = {
    Entry.NONE: Phase.OPEN, Entry.SOON: Phase.SAVE_THE_DATE, Entry.OPEN: Phase.OPEN, Entry.FULL: Phase.WAITING,
    Entry.CLOSED: Phase.CLOSED,
}


def phase_of(*, days: list[date], entry: Entry, now: datetime) -> Phase:
    """The phase by the days of a conference (in order, in its own zone) and the state of its registration."""
    if not days:
        return Phase.SAVE_THE_DATE
    if now.date() > days[-1]:
        return Phase.OVER
    if now.date() >= days[0]:
        return Phase.TODAY
    return BEFORE[entry]
