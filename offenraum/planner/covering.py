"""Compiled: the best content of one slot after paying for its topics, by branch and bound.

What a person gets from a slot is the most that its topics give: a covering problem. For any floor of each person, a set
of topics is worth at most all floors and, for each topic, what it gives above them, less its price: so the highest few
of these gains bound every set, and sets that cannot pass the best one are never looked at. Amounts are grains of half
wishes, SCALE to one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from offenraum.planner.compiled import compiled, part
from offenraum.planner.seats import LEVEL_COUNT
from offenraum.planner.tables import LEVELS, WISHES, Flags, Longs, People, Tables

SCALE = 1024
# Rows of `path`, by depth: the next choice, how many there are, floors and gains of what is chosen, its true worth.
NEXT_CHOICE, CHOICES, BASE, TRUE, CHOSEN = range(5)


class Slot(NamedTuple):
    """One slot: topics with their `prices` and whether they are `allowed`; `content` is the best set found (-1: none).

    `held` (depth x person) has the floors in its last row; `path`, `choice` and `gain` (by depth) are room to work in.
    """

    prices: Longs
    allowed: Flags
    held: People
    path: Longs
    choice: Longs
    gain: Longs
    content: Longs


def new_slot(topics: int, people: int, rooms: int) -> Slot:
    """Room for a slot of so many rooms."""
    return Slot(
        prices=np.zeros(topics, np.int64),
        allowed=np.zeros(topics, np.uint8),
        held=np.zeros((rooms + 2, people), np.int32),
        path=np.zeros((CHOSEN + 1, rooms + 1), np.int64),
        choice=np.zeros((rooms + 1, topics), np.int64),
        gain=np.zeros((rooms + 1, topics), np.int64),
        content=np.zeros(rooms, np.int64),
    )


@compiled
def best_content(tables: Tables, slot: Slot, limit: int) -> int:
    """What no content of the slot is worth more than, after paying; the best one found is written to `content`.

    After `limit` sets that were looked at it is what the others could be worth at most.
    """
    most, depth, tried, best = slot.content.shape[0], 0, 0, 0
    held, path = slot.held, slot.path
    slot.content[:] = -1
    path[BASE, 0] = 0
    path[TRUE, 0] = 0
    for p in range(held.shape[1]):
        held[0, p] = 0
        path[BASE, 0] += held[most + 1, p]
    list_choices(tables, slot, 0, most)
    while depth >= 0:
        if bound_from(path, slot.gain, depth, most) <= best:
            depth -= 1
            continue
        if tried >= limit:
            return rest(path, slot.gain, depth, most, best)
        tried += 1
        i = path[NEXT_CHOICE, depth]
        path[NEXT_CHOICE, depth] += 1
        worth = choose(tables, slot, depth, i, most)
        if worth > best:
            best = worth
            for d in range(most):
                slot.content[d] = path[CHOSEN, d] if d <= depth else -1
        if depth + 1 < most:
            depth += 1
            list_choices(tables, slot, depth, most)
    return best


@part
def bound_from(path: Longs, gain: Longs, depth: int, most: int) -> int:
    """What sets can be worth at most that take the next choice or one behind it; below nothing when there is none."""
    i, count = path[NEXT_CHOICE, depth], path[CHOICES, depth]
    if i >= count:
        return -1
    bound = path[BASE, depth] + gain[depth, i]
    for j in range(i + 1, min(i + most - depth, count)):
        bound += max(gain[depth, j], 0)
    return int(bound)


@part
def rest(path: Longs, gain: Longs, depth: int, most: int, best: int) -> int:
    """The highest bound of all that has not been looked at."""
    for d in range(depth + 1):
        best = max(best, bound_from(path, gain, d, most))
    return best


@part
def choose(tables: Tables, slot: Slot, depth: int, i: int, most: int) -> int:
    """Take a choice: what people hold with it goes to the next depth. Returns the true worth of the set."""
    t, held, path = slot.choice[depth, i], slot.held, slot.path
    worth = path[TRUE, depth] - slot.prices[t]
    for p in range(held.shape[1]):
        held[depth + 1, p] = held[depth, p]
    for k in range(LEVEL_COUNT):
        level = LEVELS[k] * SCALE
        for place in range(tables.topic[t, WISHES + k], tables.topic[t, WISHES + k + 1]):
            p = tables.wisher[place]
            worth += max(level - held[depth + 1, p], 0)
            held[depth + 1, p] = max(held[depth + 1, p], level)
    path[CHOSEN, depth] = t
    if depth + 1 < most:
        path[TRUE, depth + 1] = worth
        path[BASE, depth + 1] = path[BASE, depth] + slot.gain[depth, i]
    return int(worth)


@part
def list_choices(tables: Tables, slot: Slot, depth: int, most: int) -> None:
    """The topics that may still be added, by what they give above floors and what is held, the highest first."""
    path, choice, gain, count = slot.path, slot.choice, slot.gain, 0
    begin = path[NEXT_CHOICE, depth - 1] if depth > 0 else 0
    end = path[CHOICES, depth - 1] if depth > 0 else slot.prices.shape[0]
    for j in range(begin, end):
        t = choice[depth - 1, j] if depth > 0 else j
        if slot.allowed[t]:
            more = above(tables, slot.held, t, depth, most) - slot.prices[t]
            place = count
            while place > 0 and gain[depth, place - 1] < more:
                gain[depth, place] = gain[depth, place - 1]
                choice[depth, place] = choice[depth, place - 1]
                place -= 1
            gain[depth, place] = more
            choice[depth, place] = t
            count += 1
    path[NEXT_CHOICE, depth] = 0
    path[CHOICES, depth] = count


@part
def above(tables: Tables, held: People, t: int, depth: int, most: int) -> int:
    """What a topic gives people above their floors and what they hold."""
    total = 0
    for k in range(LEVEL_COUNT):
        level = LEVELS[k] * SCALE
        for place in range(tables.topic[t, WISHES + k], tables.topic[t, WISHES + k + 1]):
            p = tables.wisher[place]
            total += max(level - max(held[depth, p], held[most + 1, p]), 0)
    return total
