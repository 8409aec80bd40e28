"""Decisions about counting on plain values: hands, totals, what the wall may say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

MEDIUM_SHARE: Final = 0.10
LARGE_SHARE: Final = 0.25
MOST_HANDS: Final = 5000
HANDS: Final = re.compile(
    r"(?P<about>about|around|approx\.?|ca\.?|circa|etwa|rund|ungefähr|~|≈)?\s*(?P<count>[0-9]{1,4})\s*\??"
)


def size_band(*, wanted: int, seats: int) -> str:
    """What the wall may say after a pitch: small, medium or large, by the share of the people present."""
    share = wanted / seats if seats else 0.0
    if share >= LARGE_SHARE:
        return "large"
    return "medium" if share >= MEDIUM_SHARE else "small"


def total_wanted(*, named: int, hands: int | None, named_by_paper_or_later: int) -> int:
    """Named votes plus the hands that no named vote stands for."""
    return named if hands is None else named + max(0, hands - named_by_paper_or_later)


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


@dataclass(frozen=True, slots=True)
class Voice:
    """One seat that wants a topic: since when by phone, None by ballot alone; 2 and more is important."""

    phone_at: datetime | None
    weight: int


@dataclass(frozen=True, slots=True)
class Counted:
    """Hands counted for a topic; `is_united` when they were counted for topics that are merged."""

    count: int
    is_estimate: bool
    counted_at: datetime
    is_united: bool


def later_or_by_ballot(voices: Iterable[Voice], counted_at: datetime) -> int:
    """Named votes of people who may have raised a hand: by ballot, or by phone after the count."""
    return sum(1 for voice in voices if voice.phone_at is None or voice.phone_at > counted_at)


def deciding(counts: Sequence[tuple[Counted, int]]) -> tuple[Counted, int] | None:
    """Which count of hands (with what it is lessened by) stands for a topic, or for topics that are merged.

    The newest that was made for them together; without one, the count that leaves most hands: so no hand is counted
    twice, although one and the same person may have raised it for several of them.
    """
    united = [pair for pair in counts if pair[0].is_united]
    if united:
        return max(united, key=lambda pair: pair[0].counted_at)
    return max(counts, key=lambda pair: (pair[0].count - pair[1], pair[0].counted_at), default=None)
