"""How many people a session can expect, with a range: from wishes, and from heads counted in earlier sessions.

Of those who would choose a session about 69 % come (seen at barcamps). Heads counted in sessions that have begun move
this rate, as if 40 interested people had shown the usual one before. The range holds about four of five cases: it
grows where few people have voted, and with how much sessions differ in who comes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from offenraum.planner.board import Board
from offenraum.planner.forecast import PRIOR_VOTERS
from offenraum.planner.instance import NOWHERE
from offenraum.planner.seating import seat

SHOW_UP = 0.69
PRIOR_INTERESTED = 40
# How much the share of those who come differs from session to session (standard deviation).
RATE_SPREAD = 0.12
# Four of five cases of a normal spread.
RANGE = 1.28


@dataclass(frozen=True, slots=True)
class Audience:
    """`interested` would choose the session if every room were large enough; `expected` come, from `low` to `high`."""

    interested: int
    expected: int
    low: int
    high: int
    places: int


def audiences(board: Board) -> dict[int, Audience]:
    """What to expect of every session that is in the plan, by topic."""
    instance = board.instance
    interested = [0] * len(instance.topic_ids)
    for s in range(len(instance.slot_ids)):
        seats = seat(instance, board.sessions(s), endless=True)
        here = dict.fromkeys(board.rooms_of[s].values(), 0)
        for _, t in seats.values():
            here[t] += 1
        for t, people in here.items():
            interested[t] = max(interested[t], people)
    rate = show_up_rate(board, interested)
    people = len(instance.problem.people)
    voters = sum(1 for person in instance.problem.people if person.wishes and not person.is_forecast)
    return {
        t: _audience(interested[t], instance.places[r], rate, voters, people)
        if (heads := instance.problem.topics[t].heads) is None
        else Audience(interested[t], heads, heads, heads, instance.places[r])
        for t, (_, r) in enumerate(board.where)
        if r != NOWHERE[1]
    }


def show_up_rate(board: Board, interested: list[int]) -> float:
    """Which share of the interested comes: the usual one, moved by the heads counted so far."""
    counted = [
        (topic.heads, interested[t])
        for t, topic in enumerate(board.instance.problem.topics)
        if topic.heads is not None and board.where[t] != NOWHERE
    ]
    heads = sum(heads for heads, _ in counted) + SHOW_UP * PRIOR_INTERESTED
    return heads / (sum(people for _, people in counted) + PRIOR_INTERESTED)


def _audience(interested: int, places: int, rate: float, voters: int, people: int) -> Audience:
    expected = interested * rate
    share = interested / people if people else 0.0
    unseen = max(0.0, 1 - voters / people) if people else 0.0
    of_votes = people**2 * share * (1 - share) / (voters + PRIOR_VOTERS) * unseen * rate**2
    of_people = interested * rate * max(0.0, 1 - rate)
    spread = RANGE * math.sqrt(of_votes + of_people + (RATE_SPREAD * interested) ** 2)
    low, high = max(0, round(expected - spread)), round(expected + spread)
    return Audience(interested, round(expected), low, high, places)
