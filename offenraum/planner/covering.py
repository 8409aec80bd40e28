"""Compiled: how much the content of one slot can be worth after paying for its topics, by branch and bound.

What a person gets from a slot is the most that its topics give: a covering problem. For any floor of each person, a set
of topics is worth at most all floors and, for each topic, what it gives above them, less its price: so the highest few
of these gains bound every set. The fewer topics are still to come, the less a person may hope for: floors sink with
every topic that is chosen, never below what the chosen give. Amounts are grains of half wishes, SCALE to one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from offenraum.planner.compiled import between, compiled, part
from offenraum.planner.tables import Longs, Numbers

SCALE = 1024
# What is left of a floor after each choice, in tenths.
SINKS = 7
# Answers of `look`: there is no better content, or one was found.
NONE, FOUND = -1, -2
# Rows of `path`, by depth: the next choice, how many there are, floors less prices, prices, what is chosen; two rows
# by place in the content for the local search.
NEXT_CHOICE, CHOICES, BASE, PAID, CHOSEN, LOSS, MORE = range(7)


class Slot(NamedTuple):
    """One slot: `worth` by wish is what it gives `wisher`, those of a topic from its `begins` on; `prices` of topics.

    `held` (depth x person) is what the chosen topics give, above it `floor`; `choice` and `gain` (by depth) are the
    topics that may still be added, best first, `count` of them at the start. `content` is a set of topics (-1: none).
    """

    begins: Longs
    wisher: Numbers
    worth: Longs
    prices: Longs
    held: Longs
    floor: Longs
    choice: Longs
    gain: Longs
    path: Longs
    content: Longs


def new_slot(begins: Longs, wisher: Numbers, *, people: int, rooms: int) -> Slot:
    """A slot of so many rooms in which nobody gets anything yet."""
    topics, depths = len(begins) - 1, rooms + 1
    return Slot(
        begins=begins,
        wisher=wisher,
        worth=np.zeros(len(wisher), np.int64),
        prices=np.zeros(topics, np.int64),
        held=np.zeros((max(depths, 3), people), np.int64),
        floor=np.zeros((depths, people), np.int64),
        choice=np.zeros((depths, topics), np.int64),
        gain=np.zeros((depths, topics), np.int64),
        path=np.zeros((MORE + 1, depths), np.int64),
        content=np.full(rooms, -1, np.int64),
    )


@compiled
def begin(slot: Slot, count: int) -> None:
    """Start with nothing chosen, the first `count` choices and the floors of depth 0."""
    slot.held[0, :] = 0
    slot.path[PAID, 0] = 0
    slot.path[CHOICES, 0] = count
    list_choices(slot, 0)


@compiled
def look(slot: Slot, limit: int, depth: int, steps: int) -> int:
    """Look at `steps` sets for one that is worth more than `limit`; returns the depth where to go on, NONE or FOUND.

    What was FOUND is written to `content`.
    """
    while depth >= 0 and steps > 0:
        if bound_from(slot, depth) > limit:
            steps -= 1
            depth = choose(slot, depth, limit)
        else:
            depth -= 1
    return depth


@part
def bound_from(slot: Slot, depth: int) -> int:
    """What sets can be worth at most that take the next choice or one behind it; below nothing when there is none."""
    i, count, gain = slot.path[NEXT_CHOICE, depth], slot.path[CHOICES, depth], slot.gain
    if i >= count:
        return -1
    bound = slot.path[BASE, depth] + gain[depth, i]
    for j in range(i + 1, min(i + slot.content.shape[0] - depth, count)):
        bound += max(gain[depth, j], 0)
    return int(bound)


@part
def choose(slot: Slot, depth: int, limit: int) -> int:
    """Take the next choice; returns the depth where to go on."""
    i, deeper, path, most = slot.path[NEXT_CHOICE, depth], depth + 1, slot.path, slot.content.shape[0]
    path[NEXT_CHOICE, depth] += 1
    path[CHOSEN, depth] = slot.choice[depth, i]
    path[PAID, deeper] = path[PAID, depth] + slot.prices[path[CHOSEN, depth]]
    if hold(slot, deeper, path[CHOSEN, depth]) - path[PAID, deeper] > limit:
        for d in range(most):
            slot.content[d] = path[CHOSEN, d] if d < deeper else -1
        return FOUND
    if deeper == most:
        return depth
    narrow(slot, depth, i, limit)
    list_choices(slot, deeper)
    return deeper


@part
def hold(slot: Slot, depth: int, t: int) -> int:
    """People hold what the topic gives them, if it is more; floors sink. Returns what all hold."""
    held, floor, total = slot.held[depth], slot.floor[depth], 0
    for p in range(held.shape[0]):
        held[p] = slot.held[depth - 1, p]
        floor[p] = max(slot.floor[depth - 1, p] * SINKS // 10, held[p])
        total += held[p]
    for place in between(slot.begins[t], slot.begins[t + 1]):
        p = slot.wisher[place]
        total += max(slot.worth[place] - held[p], 0)
        held[p] = max(held[p], slot.worth[place])
        floor[p] = max(floor[p], slot.worth[place])
    return int(total)


@part
def narrow(slot: Slot, depth: int, i: int, limit: int) -> None:
    """The choices behind choice `i` that can still be in a set with it that passes the limit."""
    path, choice, gain, count = slot.path, slot.choice, slot.gain, 0
    others = path[BASE, depth] + gain[depth, i]
    for j in range(i + 1, min(i + slot.content.shape[0] - depth - 1, path[CHOICES, depth])):
        others += max(gain[depth, j], 0)
    for j in range(i + 1, path[CHOICES, depth]):
        if others + gain[depth, j] > limit:
            choice[depth + 1, count] = choice[depth, j]
            count += 1
    path[CHOICES, depth + 1] = count


@part
def list_choices(slot: Slot, depth: int) -> None:
    """Sort the topics that may still be added by what they give above floors, the highest first."""
    choice, gain, floor, total = slot.choice[depth], slot.gain[depth], slot.floor[depth], 0
    for p in range(floor.shape[0]):
        total += floor[p]
    slot.path[BASE, depth] = total - slot.path[PAID, depth]
    slot.path[NEXT_CHOICE, depth] = 0
    for j in range(slot.path[CHOICES, depth]):
        t, place = choice[j], j
        more = -slot.prices[t]
        for wish in between(slot.begins[t], slot.begins[t + 1]):
            more += max(slot.worth[wish] - floor[slot.wisher[wish]], 0)
        while place > 0 and gain[place - 1] < more:
            gain[place] = gain[place - 1]
            choice[place] = choice[place - 1]
            place -= 1
        gain[place] = more
        choice[place] = t
