"""The frame of an edition on plain values: which slots when, which rooms, which sessions take two slots."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from offenraum.programme.rules import Place


@dataclass(frozen=True, slots=True)
class Layout:
    """Slot id to start and minutes, ids of rooms in order, ids of topics that take two slots."""

    slots: Mapping[int, tuple[datetime, int]]
    rooms: tuple[int, ...]
    double: frozenset[int]

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Layout | None:
        """As an edition keeps it; None for an edition that was published before editions kept it."""
        if not stored:
            return None
        times = {int(slot): time for slot, time in stored["slots"].items()}
        slots = {slot: (datetime.fromisoformat(start), minutes) for slot, (start, minutes) in times.items()}
        return cls(slots=slots, rooms=tuple(stored["rooms"]), double=frozenset(stored["double"]))

    def stored(self) -> dict[str, Any]:
        slots = {str(slot): [start.isoformat(), minutes] for slot, (start, minutes) in sorted(self.slots.items())}
        return {"slots": slots, "rooms": list(self.rooms), "double": sorted(self.double)}


@dataclass(frozen=True, slots=True)
class Moved:
    """What differs between two layouts: slots with another time, sessions with another length."""

    slots: tuple[int, ...]
    lengths: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.slots or self.lengths)


def moved_between(before: Layout | None, after: Layout | None, *, topics: Collection[int]) -> Moved:
    """The difference of two layouts; slots that only one of them has are told by their sessions."""
    if before is None or after is None:
        return Moved((), ())
    slots = [slot for slot, time in after.slots.items() if slot in before.slots and before.slots[slot] != time]
    return Moved(tuple(sorted(slots)), tuple(sorted((before.double ^ after.double) & set(topics))))


def touched_rooms(moved: Moved, plan: Mapping[int, Place]) -> set[int]:
    """Rooms whose sheet shows something of it."""
    return {place.room for topic, place in plan.items() if place.slot in moved.slots or topic in moved.lengths}


def double_in(cells: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Topics with more than one cell, from (topic id, slot id)."""
    seen: dict[int, set[int]] = {}
    for topic, slot in cells:
        seen.setdefault(topic, set()).add(slot)
    return frozenset(topic for topic, slots in seen.items() if len(slots) > 1)
