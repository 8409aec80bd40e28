"""Decisions about a round on plain values: the order of pitches, their time, reopening."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

REOPEN_WITHIN: Final = timedelta(minutes=2)
AFTER_PITCHES: Final = timedelta(minutes=20)
CHANGE_SECONDS: Final = 5


def may_reopen(*, closed_at: datetime, now: datetime) -> bool:
    """A vote closed by a mis-tap can be reopened for two minutes."""
    return now - closed_at <= REOPEN_WITHIN


@dataclass(frozen=True, slots=True)
class Candidate:
    """A topic that waits for its pitch."""

    topic: int
    is_first_of_host: bool
    interest_count: int


def pitch_order(candidates: list[Candidate]) -> list[int]:
    """Newcomers and the least noticed first, so that everybody is fresh for what nobody knows yet."""
    ordered = sorted(candidates, key=lambda c: (not c.is_first_of_host, c.interest_count, c.topic))
    return [c.topic for c in ordered]


def pitch_elapsed(
    *, started_at: datetime, now: datetime, paused_seconds: float, paused_at: datetime | None
) -> float:
    """Seconds that the current pitch has been running, pauses left out."""
    until = paused_at or now
    return max(0.0, (until - started_at).total_seconds() - paused_seconds)


def pitches_that_fit(*, minutes: float, pitch_seconds: int, vote_seconds: int) -> int:
    """How many pitches fit into the time, with five seconds to change places."""
    return max(0, int(minutes * 60 // (pitch_seconds + vote_seconds + CHANGE_SECONDS)))


def pitch_minutes_left(*, ends_at: datetime, now: datetime) -> float:
    """Minutes for pitches in a plenary: its last twenty are for the last call, the plan and objections."""
    return max(0.0, (ends_at - AFTER_PITCHES - now).total_seconds() / 60)
