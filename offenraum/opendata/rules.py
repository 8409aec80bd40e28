"""Decisions about results on plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from offenraum.programme.rules import Place

FEWEST: Final = 5
"""A smaller group could be traced to people."""

Plans = Sequence[tuple[datetime, Mapping[int, Place]]]


def held_plan(plans: Plans, starts_at: Mapping[int, datetime]) -> dict[int, Place]:
    """Topic id to the place where its session was really held.

    A slot follows the edition that was in force when it began (the first one, if none was out yet): what is published
    while a session runs does not change that it was held. `plans` are (published at, plan) in order; `starts_at` is
    by slot.
    """
    held: dict[int, Place] = {}
    for slot, begins in sorted(starts_at.items(), key=lambda item: item[1]):
        in_force = [plan for published_at, plan in plans if published_at <= begins] or [plan for _, plan in plans[:1]]
        for topic, place in in_force[-1].items() if in_force else ():
            if place.slot == slot:
                held.setdefault(topic, place)
    return held


def cell_of_table(text: str) -> str:
    """A text in a table that spreadsheets open: what would be a formula there is text."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t"} else text


def suppressed(cells: Sequence[int], *, fewest: int = FEWEST) -> list[int | None]:
    """Parts of a known total as they may be published: None for each that is withheld.

    Withheld is every group of 1 to `fewest` - 1, and with it the next larger parts, until what is withheld together
    is at least two parts and `fewest` people: else the total would tell it (secondary suppression).
    """
    hidden = {place for place, count in enumerate(cells) if 0 < count < fewest}
    for place in sorted(range(len(cells)), key=lambda one: (cells[one], one)):
        if not hidden or (len(hidden) > 1 and sum(cells[one] for one in hidden) >= fewest):
            break
        hidden.add(place)
    return [None if place in hidden else count for place, count in enumerate(cells)]
