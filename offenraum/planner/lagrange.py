"""A sharper bound for the sum of wishes: price the topics, and solve every single slot exactly.

A plan is a content for every slot, each topic in as many slots as it is long. Give every topic a price per slot; then
no plan is worth more than all prices together and, for every slot, the best content after paying them (Geoffrion 1974).
That holds for any prices, so the search for good ones can stop at any time. It goes against what is used too often or
too seldom (Polyak 1969). Slots that allow the same topics are solved once.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from offenraum.planner.board import Board
from offenraum.planner.ceiling import Bound
from offenraum.planner.covering import SCALE, best_content, new_slot
from offenraum.planner.instance import HALVES, Instance
from offenraum.planner.score import received
from offenraum.planner.tables import tables

Amounts = npt.NDArray[np.float64]

FIRST_LIMIT, LIMIT_FACTOR = 4_000, 4
FIRST_STEP, SHORTER, SHORTEST = 1.0, 0.7, 0.02
PATIENCE = 12
MOST_LOOKED_AT = 1 << 40
# A better bound is told when it is better by this share; each telling writes a file.
WORTH_TELLING = 2e-4


def lagrange_bound(
    board: Board, start: Bound, *, seconds: float, on_better: Callable[[Bound], bool] = lambda _: False
) -> Bound:
    """The best bound found in `seconds`, never worse than `start`; `on_better` returns whether to stop."""
    search = _Prices(board, start)
    deadline, told = time.monotonic() + seconds, start.value
    while time.monotonic() < deadline and search.step():
        if search.best.value < told * (1 - WORTH_TELLING):
            told = search.best.value
            if on_better(search.best):
                break
    return search.best


class _Slots:
    """The single slots of a problem, and the best content of each for given prices."""

    def __init__(self, instance: Instance) -> None:
        self.tables = tables(instance, "sum")
        topics, people = len(instance.topic_ids), len(instance.ideals)
        self.rooms = max(1, min(len(instance.room_ids), topics))
        self.kinds = Counter(_allowed(instance, s) for s in range(len(instance.slot_ids)))
        self.slot = new_slot(topics, people, self.rooms)
        self.limit = FIRST_LIMIT

    def best(self, prices: Amounts) -> tuple[float, Amounts]:
        """What all slots are worth at most after paying, in half wishes, and how often each topic is used."""
        self.slot.prices[:] = np.rint(prices * SCALE)
        total, used, content = 0, np.zeros(len(prices)), self.slot.content
        for allowed, count in self.kinds.items():
            self.slot.allowed[:] = np.frombuffer(allowed, np.uint8)
            total += count * best_content(self.tables, self.slot, self.limit)
            used[content[content >= 0]] += count
        return total / SCALE, used


def _allowed(instance: Instance, s: int) -> bytes:
    """A flag for every topic: whether it can be in a slot, in any room."""
    return bytes(any(s in (begin, _second(instance, t, begin)) for begin, _ in instance.fits[t])
                 for t in range(len(instance.topic_ids)))  # fmt: skip


def _second(instance: Instance, t: int, s: int) -> int:
    return instance.next_slot[s] if instance.lengths[t] == HALVES else -1


class _Prices:
    """Prices of topics, and the best bound that any of them have given."""

    def __init__(self, board: Board, start: Bound) -> None:
        self.slots = _Slots(board.instance)
        self.lengths = np.array(board.instance.lengths, np.float64)
        self.best = start
        self.reached = sum(received(board))
        self.prices = self.kept = np.zeros(len(self.lengths))
        self.lowest = float("inf")
        self.length, self.patience = FIRST_STEP, PATIENCE

    def step(self) -> bool:
        """Try the prices and change them; whether a better bound is still possible."""
        worth, used = self.slots.best(self.prices)
        value = worth + float(np.rint(self.prices * SCALE) @ self.lengths) / SCALE
        if value < self.lowest:
            self._keep(value)
        elif not self._shorten():
            return False
        slope = self.lengths - used
        length = float(slope @ slope)
        if not length or value <= self.reached:
            return self._look_longer() and length > 0
        self.prices = np.maximum(0.0, self.prices - self.length * (value - self.reached) / length * slope)
        return True

    def _keep(self, value: float) -> None:
        self.lowest, self.kept, self.patience = value, self.prices, PATIENCE
        if value / HALVES < self.best.value:
            self.best = Bound(value / HALVES, "lagrange")

    def _shorten(self) -> bool:
        """After some steps without success go back to the best prices with shorter steps; whether to go on."""
        self.patience -= 1
        if self.patience > 0:
            return True
        self.patience, self.length, self.prices = PATIENCE, self.length * SHORTER, self.kept
        return self.length > SHORTEST or self._look_longer()

    def _look_longer(self) -> bool:
        """Look at more contents of each slot, with longer steps again; always worth a try."""
        self.slots.limit *= LIMIT_FACTOR
        self.length = FIRST_STEP / 2
        return self.slots.limit < MOST_LOOKED_AT

