"""The most torn pairs: sessions at the same time that most people want both of."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from offenraum.planner.board import Board
from offenraum.planner.canonical import Json

MOST_PAIRS = 10


def torn_pairs(board: Board, most: int = MOST_PAIRS) -> list[tuple[int, int, int, int, int]]:
    """(people, topic, topic, first common slot, the estimated among the people) of pairs that run together.

    Those whom most people want together come first.
    """
    slots = [sorted(set(here.values())) for here in board.rooms_of]
    together: dict[tuple[int, int], int] = {}
    for s, topics in enumerate(slots):
        for pair in combinations(topics, 2):
            together.setdefault(pair, s)
    counts = _counts(board, together)
    named = _counts(board, together, most=board.instance.named_count)
    rows = [(people, *pair, together[pair], people - named[pair]) for pair, people in counts.items()]
    return sorted(rows, key=lambda row: (-row[0], row))[:most]


def _counts(
    board: Board, together: dict[tuple[int, int], int], most: int | None = None
) -> Counter[tuple[int, int]]:
    """How many people wish for both of each pair; with `most` only the first so many people are asked."""
    instance = board.instance
    own: list[list[int]] = [[] for _ in instance.ideals]
    for t, wishes in enumerate(instance.wishers):
        for _, people in wishes:
            for p in people:
                own[p].append(t)
    return Counter(pair for topics in own[:most] for pair in combinations(topics, 2) if pair in together)


def pairs_document(board: Board) -> list[Json]:
    """The ten most torn pairs: `topics`, `slot`, `people` who wish for both, how many of them are `estimated`."""
    topics, slots = board.instance.topic_ids, board.instance.slot_ids
    return [
        {"topics": [topics[one], topics[other]], "slot": slots[s], "people": people, "estimated": estimated}
        for people, one, other, s, estimated in torn_pairs(board)
    ]
