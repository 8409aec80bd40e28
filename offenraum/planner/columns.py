"""Prices of topics and seats, from contents of single slots that are mixed as well as possible (Dantzig, Wolfe 1960).

A linear program mixes known contents so that no topic is used more often than it is long and no topic has more people
than seats; its prices say which contents would help, and a local search looks for them.
"""

from __future__ import annotations

import random
import time

import highspy
import numpy as np
import numpy.typing as npt

from offenraum.planner.board import Board
from offenraum.planner.contents import improve
from offenraum.planner.covering import SCALE
from offenraum.planner.program import quiet_solver
from offenraum.planner.slots import Day, Prices

Amounts = npt.NDArray[np.float64]

TRIES = 16
# Prices are looked at near the best so far: this share of the step towards those of the linear program.
CLOSE = 0.3
PATIENCE = 60
REMEMBERED = 200


def find_prices(day: Day, board: Board, until: float) -> Prices:
    """The prices at which the contents found by local search promise the lowest bound."""
    return _Market(day, board).settle(until)


class _Market:
    """The linear program of contents: a row for each topic, for its seats, and for each kind of slot."""

    def __init__(self, day: Day, board: Board) -> None:
        self.day, self.chance = day, random.Random(1)  # noqa: S311
        topics = len(day.lengths)
        self.seen = [content for s in range(len(board.rooms_of)) if (content := list(board.rooms_of[s].values()))]
        self.solver = quiet_solver()
        limits = np.concatenate([day.lengths, np.zeros(topics), [count for _, count in day.kinds]]).astype(float)
        self.solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        none = np.array([], np.int32)
        self.solver.addRows(len(limits), np.full(len(limits), -highspy.kHighsInf), limits, 0, none, none, np.array([]))
        self.best, self.kept = float("inf"), np.zeros(2 * topics)

    def settle(self, until: float) -> Prices:
        """Go on until the estimate does not fall any more."""
        asked, patience = self.kept, PATIENCE
        while patience > 0 and time.monotonic() < until:
            near = self.kept + CLOSE * (asked - self.kept)
            estimate = self._look(_prices(near))
            patience -= 1
            if estimate < self.best:
                patience = PATIENCE if estimate < self.best - SCALE else patience
                self.best, self.kept = estimate, near
            self.solver.run()
            asked = np.maximum(np.array(self.solver.getSolution().row_dual[: len(near)]), 0.0)
        return _prices(self.kept)

    def _look(self, prices: Prices) -> float:
        """Search good contents of every kind of slot at the prices, and what all would be worth."""
        self.day.price(prices)
        total = float(prices.topics @ self.day.lengths)
        for kind, (topics, count) in enumerate(self.day.kinds):
            tries = max(2, TRIES // len(self.day.kinds))
            total += count * max(self._try(kind, topics.tolist(), prices, number) for number in range(tries))
        return total

    def _try(self, kind: int, topics: list[int], prices: Prices, number: int) -> int:
        """Improve a content known from before or a random one and add it to the program; returns its worth."""
        content, count = self.day.slot.content, self.day.allow(kind)
        begin = self.chance.choice(self.seen) if number % 2 and self.seen else self.chance.sample(topics, len(topics))
        begin = [t for t in begin if t in topics][: len(content)]
        content[:] = -1
        content[: len(begin)] = begin
        worth = int(improve(self.day.slot, count))
        found = content[content >= 0]
        self.seen = [*self.seen[-REMEMBERED:], found.tolist()]
        gain, audience = self.day.audience(found)
        rows = np.concatenate([found, len(self.day.lengths) + found, [2 * len(self.day.lengths) + kind]])
        factors = np.concatenate([np.ones(len(found)), (audience - self.day.places)[found], [1.0]])
        self.solver.addCol(gain, 0.0, highspy.kHighsInf, len(rows), rows.astype(np.int32), factors)
        return worth


def _prices(amounts: Amounts) -> Prices:
    """Half wishes as whole grains."""
    topics, seats = np.split(np.rint(amounts * SCALE).astype(np.int64), 2)
    return Prices(topics, seats)
