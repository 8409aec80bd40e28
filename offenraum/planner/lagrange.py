"""A sharper bound for the sum of wishes: price topics and seats, and search every single slot for what is better.

A plan is a content for every slot, each topic in as many slots as it is long and with no more people than seats. Give
every topic a price per slot and every seat in it one; then no plan is worth more than all prices of topics together
and, for every slot, the best content after paying them (Geoffrion 1974). That holds for any prices, and for a slot any
limit will do that no content passes; so the search can stop at any time. Slots that allow the same topics are searched
once, and the one that leaves most open is searched next.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from offenraum.planner.board import Board
from offenraum.planner.ceiling import Bound
from offenraum.planner.columns import Amounts, find_prices
from offenraum.planner.contents import improve
from offenraum.planner.covering import FOUND, NONE, SCALE, begin, look
from offenraum.planner.instance import HALVES
from offenraum.planner.slots import Day
from offenraum.planner.tables import Longs

# At most this share of the time is spent on prices.
PRICING = 4
STEPS = 4_000
# Each search tries to take this share off what a slot leaves open.
TIGHTER = 0.15
# Floors are sought as if the bound could fall by the share LOWER, with steps that are halved when they do not help.
FLOOR_STEPS, FLOOR_PATIENCE, FIRST_STEP, SHORTER, LOWER = 300, 3, 0.5, 0.5, 0.2
# A better bound is told when it is better by this share; each telling writes a file.
WORTH_TELLING = 1e-3


def lagrange_bound(
    board: Board, start: Bound, *, seconds: float, on_better: Callable[[Bound], bool] = lambda _: False
) -> Bound:
    """The best bound found in `seconds`, never worse than `start`; `on_better` returns whether to stop."""
    begun = time.monotonic()
    day = Day(board.instance)
    prices = find_prices(day, board, begun + seconds / PRICING)
    day.price(prices)
    limits, best, told = _Limits(day), start, start.value
    paid = int(prices.topics @ day.lengths)
    while True:
        value = (limits.total() + paid) / SCALE / HALVES
        if value < best.value:
            best = Bound(value, "lagrange")
        if best.value < told * (1 - WORTH_TELLING):
            told = best.value
            if on_better(best):
                return best
        if not limits.tighten(begun + seconds):
            return best


class _Limits:
    """For every kind of slot a limit that no content passes after paying, and what a known one is worth."""

    def __init__(self, day: Day) -> None:
        self.day, self.counts = day, [count for _, count in day.kinds]
        self.known = [self._good(kind) for kind in range(len(self.counts))]
        self.floors: list[Longs] = []
        self.limits: list[int] = []
        for topics, _ in day.kinds:
            floor, limit = lowest_floors(day, topics)
            self.floors.append(floor)
            self.limits.append(limit)

    def _good(self, kind: int) -> int:
        """What a content is worth that local search makes of nothing."""
        self.day.slot.content[:] = -1
        return int(improve(self.day.slot, self.day.allow(kind)))

    def total(self) -> int:
        """What all slots are worth at most, in grains."""
        return sum(count * limit for count, limit in zip(self.counts, self.limits, strict=True))

    def tighten(self, until: float) -> bool:
        """Search the slot that leaves most open; whether there is time and reason to go on."""
        gaps = [limit - known for limit, known in zip(self.limits, self.known, strict=True)]
        kind = int(np.argmax(gaps))
        if gaps[kind] <= 0:
            return False
        aim = self.limits[kind] - max(1, int(TIGHTER * gaps[kind]))
        answer = self._search(kind, aim, until)
        if answer == NONE:
            self.limits[kind] = aim
        elif answer == FOUND:
            self.known[kind] = self._worth()
        return answer in (NONE, FOUND)

    def _search(self, kind: int, limit: int, until: float) -> int:
        """Whether a content of a slot passes a limit: NONE, FOUND, or anything else when time ran out."""
        slot, depth = self.day.slot, 0
        count = self.day.allow(kind)
        slot.floor[0] = self.floors[kind]
        begin(slot, count)
        while depth >= 0 and time.monotonic() < until:
            depth = look(slot, limit, depth, STEPS)
        return depth

    def _worth(self) -> int:
        """What the content that was found is worth after paying."""
        slot = self.day.slot
        content = slot.content[slot.content >= 0]
        held = np.zeros(slot.held.shape[1], np.int64)
        for t in content:
            wishes = slice(slot.begins[t], slot.begins[t + 1])
            np.maximum.at(held, slot.wisher[wishes], slot.worth[wishes])
        return int(held.sum() - slot.prices[content].sum())


def lowest_floors(day: Day, topics: Longs) -> tuple[Longs, int]:
    """Floors of people at which the bound of a slot is low before anything is chosen, and that bound.

    They go against floors that too few or too many of the best topics are above (Polyak 1969).
    """
    best, kept = np.iinfo(np.int64).max, np.zeros(day.slot.held.shape[1], np.int64)
    floor, length, patience = kept.astype(np.float64), FIRST_STEP, FLOOR_PATIENCE
    for _ in range(FLOOR_STEPS):
        whole = np.rint(floor).astype(np.int64)
        bound, slope = _bound_above(day, topics, whole)
        if bound < best:
            best, kept, patience = bound, whole, FLOOR_PATIENCE
        else:
            patience -= 1
        if patience == 0:
            length, patience = length * SHORTER, FLOOR_PATIENCE
        norm = float(slope @ slope)
        if not norm:
            break
        floor = np.maximum(floor - length * bound * LOWER / norm * slope, 0.0)
    return kept, best


def _bound_above(day: Day, topics: Longs, floor: Longs) -> tuple[int, Amounts]:
    """What a slot is worth at most by the floors, and how the bound changes with each."""
    slot = day.slot
    above = np.maximum(slot.worth - floor[slot.wisher], 0)
    gains = np.bincount(day.topic_of, weights=above, minlength=len(day.lengths)).astype(np.int64) - slot.prices
    best = topics[np.argsort(-gains[topics], kind="stable")[: len(slot.content)]]
    best = best[gains[best] > 0]
    wishes = (above > 0) & np.isin(day.topic_of, best)
    slope: Amounts = 1.0 - np.bincount(slot.wisher[wishes], minlength=len(floor)).astype(np.float64)
    slope[(slope > 0) & (floor <= 0)] = 0.0
    return int(floor.sum() + gains[best].sum()), slope
