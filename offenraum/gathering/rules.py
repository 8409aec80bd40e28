"""Decisions about what happens in a session, on plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

FEWEST_ANSWERS: Final = 5
"""Below this, feedback could be traced to people, so nothing of it is shown."""

HEADS: Final = (5, 8, 10, 12, 15, 18, 20, 25, 30, 35, 40, 50, 60, 80, 100, 150)
MOST_HEADS: Final = 5000


@dataclass(frozen=True, slots=True)
class Totals:
    """Feedback to one session, as it may be shown; `counts` is empty while too few have answered."""

    answers: int
    counts: Mapping[int, int]


def totals_of(counts: Mapping[int, int]) -> Totals:
    """Answers by value, withheld until enough have answered."""
    answers = sum(counts.values())
    return Totals(answers=answers, counts=dict(counts) if answers >= FEWEST_ANSWERS else {})


def may_hide(*, is_author: bool, is_host: bool, is_moderator: bool) -> bool:
    """The author takes back, the host and the desk keep order."""
    return is_author or is_host or is_moderator
