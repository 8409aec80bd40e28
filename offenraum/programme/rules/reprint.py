"""Which door sheets must be printed again, on plain values."""

from __future__ import annotations

from collections.abc import Mapping

from offenraum.programme.rules import Place


def changed_rooms(before: Mapping[int, Place], after: Mapping[int, Place]) -> set[int]:
    """Rooms in which a session came, went or has another time; both plans are topic id to place."""
    moved = {topic for topic in {*before, *after} if before.get(topic) != after.get(topic)}
    return {place.room for plan in (before, after) for topic, place in plan.items() if topic in moved}
