"""Decisions of the barcamp on plain values: who may show interest, the order of pitches, what the wall may say."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

SHUFFLES: Final = 16
REOPEN_WITHIN: Final = timedelta(minutes=2)
MEDIUM_SHARE: Final = 0.10
LARGE_SHARE: Final = 0.25
MOST_HANDS: Final = 5000
HANDS: Final = re.compile(
    r"(?P<about>about|around|approx\.?|ca\.?|circa|etwa|rund|ungefähr|~|≈)?\s*(?P<count>[0-9]{1,4})\s*\??"
)
AFTER_PITCHES: Final = timedelta(minutes=20)
CHANGE_SECONDS: Final = 5


class Refusal(StrEnum):
    """Why an interest is not taken."""

    ROUND_CLOSED = "round_closed"
    TOPIC_GONE = "topic_gone"


def may_show(*, topic_state: str, round_state: str | None) -> Refusal | None:
    """Interest is open from the proposal until the topic's round closes; a topic of no round yet is open."""
    if topic_state not in {"submitted", "released"}:
        return Refusal.TOPIC_GONE
    if round_state == "closed":
        return Refusal.ROUND_CLOSED
    return None


def toggled(*, before: int, step: int) -> int:
    """What a button without a script asks for: its step, or the one below when it is on already."""
    return step - 1 if before >= step else step


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


def shuffled(topics: list[int], variant: int) -> list[int]:
    """One of 16 fair orders: the same for everybody with this variant, unrelated to number or interest."""
    return sorted(topics, key=lambda topic: hashlib.blake2b(f"{variant}:{topic}".encode(), digest_size=8).digest())


def size_band(*, wanted: int, seats: int) -> str:
    """What the wall may say after a pitch: small, medium or large, by the share of the people present."""
    share = wanted / seats if seats else 0.0
    if share >= LARGE_SHARE:
        return "large"
    return "medium" if share >= MEDIUM_SHARE else "small"


def total_wanted(*, named: int, hands: int | None, named_by_paper_or_later: int) -> int:
    """Named votes plus the hands that no named vote stands for."""
    return named if hands is None else named + max(0, hands - named_by_paper_or_later)


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


@dataclass(frozen=True, slots=True)
class Hands:
    """Hands as a moderator types them."""

    count: int
    is_estimate: bool


def read_hands(text: str) -> Hands | None:
    """A number, or a word like "about" and a number; None when it is neither or too large."""
    match = HANDS.fullmatch(" ".join(text.casefold().split()))
    if match is None or int(match["count"]) > MOST_HANDS:
        return None
    return Hands(count=int(match["count"]), is_estimate=match["about"] is not None)
