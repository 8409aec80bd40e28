"""What can happen to a published plan during the day, on plain values."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from offenraum.programme.rules import Change, Place

COPY: Final = 0
"""Stands for the topic that a repetition will make."""

SOON: Final = timedelta(minutes=5)
"""So long before its end a door says that a session must come to its end."""

NEWS_LAST: Final = timedelta(minutes=60)
"""So long a change of the programme is told as news."""


class DayKind(StrEnum):
    """What happened."""

    WITHDRAW = "withdraw"
    ROOM = "room"
    FILL = "fill"
    REPEAT = "repeat"
    SWAP = "swap"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayChange:
    """One thing that happened, by ids: a topic, another topic, a slot (a room is lost from it on), a room."""

    kind: DayKind
    topic: int = 0
    other: int = 0
    slot: int = 0
    room: int = 0

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> DayChange:
        """As it was kept with a run of the planner."""
        return cls(**(dict(stored) | {"kind": DayKind(stored["kind"])}))


class Phase(StrEnum):
    """What a door says about the time of a session."""

    RUNNING = "running"
    SOON = "soon"
    OVER = "over"


def phase_of(*, ends_at: datetime, now: datetime) -> Phase:
    """Amber five minutes before the end, red from the end on."""
    if now >= ends_at:
        return Phase.OVER
    return Phase.SOON if now >= ends_at - SOON else Phase.RUNNING


def left_room(plans: Sequence[Mapping[int, Place]], *, room: int, slots: Collection[int]) -> list[int]:
    """Topics that an earlier plan has in a room in one of these slots and the newest has not; the newest plan first."""
    latest, *earlier = plans or [{}]
    left = [
        topic for plan in earlier for topic, place in plan.items()
        if place.room == room and place.slot in slots and latest.get(topic) != place
    ]
    return list(dict.fromkeys(left))


def own_first(changes: list[Change], own: set[int]) -> tuple[list[Change], list[Change]]:
    """The changes of somebody's own sessions, and all the others."""
    mine = [change for change in changes if change.topic in own]
    return mine, [change for change in changes if change.topic not in own]


def moved_count(before: Mapping[int, Place], after: Mapping[int, Place]) -> int:
    """How many sessions that stay in the plan change their place."""
    return sum(1 for topic, place in before.items() if topic in after and after[topic] != place)
