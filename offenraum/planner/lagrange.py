"""A sharper bound for the sum of wishes: price the topics, and solve the best single slot exactly.

A plan is a content for every slot, each topic in as many slots as it is long. Give every topic a price per slot; then
no plan is worth more than all prices together and, for every slot, the best content after paying them (Geoffrion 1974).
That holds for any prices, so the search for good ones can stop at any time. Prices come from the linear program over
the contents found so far (Dantzig and Wolfe 1960), drawn half way to the best known so that they do not jump.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from offenraum.planner.board import Board
from offenraum.planner.bound import attendance, room_groups
from offenraum.planner.ceiling import Bound
from offenraum.planner.instance import HALVES, Instance
from offenraum.planner.program import Program, solve
from offenraum.planner.seating import seat

DAMPING = 0.5


@dataclass(frozen=True, slots=True)
class Content:
    """Topics that one slot can hold, and the half wishes that they give."""

    topics: frozenset[int]
    halves: float


def lagrange_bound(
    board: Board, start: Bound, *, seconds: float, on_better: Callable[[Bound], bool] = lambda _: False
) -> Bound:
    """The best bound found in `seconds`, never worse than `start`; `on_better` returns whether to stop."""
    search = _Prices(board.instance, start)
    deadline = time.monotonic() + seconds
    for s in range(len(board.instance.slot_ids)):
        search.add(_content(board, s))
    while (left := deadline - time.monotonic()) > 0:
        better, finished = search.step(left)
        if finished or (better and on_better(search.best)):
            break
    return search.best


def _content(board: Board, s: int) -> Content:
    sessions = board.sessions(s)
    halves = sum(value for value, _ in seat(board.instance, sessions).values())
    return Content(frozenset(t for t, _ in sessions), float(halves))


class _Prices:
    """Prices of topics, the contents found so far and the best bound."""

    def __init__(self, instance: Instance, start: Bound) -> None:
        self.instance = instance
        self.slots = len(instance.slot_ids)
        self.best = start
        self.contents: list[Content] = []
        self.centre: tuple[float, list[float]] | None = None

    def add(self, content: Content) -> bool:
        """Whether the content is new."""
        if any(known.topics == content.topics and known.halves >= content.halves for known in self.contents):
            return False
        self.contents.append(content)
        return True

    def step(self, seconds: float) -> tuple[bool, bool]:
        """Find prices and the best content for them: (a better bound was proven, nothing more can be found)."""
        aimed = self._master(seconds)
        prices = aimed
        if self.centre is not None:
            prices = [DAMPING * old + (1 - DAMPING) * new for old, new in zip(self.centre[1], aimed, strict=True)]
        found = self._best_content(prices, seconds)
        if found is None:
            return False, True
        content, most = found
        is_new = self.add(content)
        value = (sum(map(_times, prices, self.instance.lengths)) + self.slots * most) / HALVES
        if self.centre is None or value < self.centre[0]:
            self.centre = (value, prices)
        elif not is_new:
            return False, prices == aimed
        if value >= self.best.value:
            return False, False
        self.best = Bound(value, "lagrange")
        return True, False

    def _master(self, seconds: float) -> list[float]:
        """The prices at which the contents found so far can be mixed best."""
        program = Program()
        columns = [program.column(content.halves, most=float(self.slots)) for content in self.contents]
        program.row([(column, 1.0) for column in columns], float(self.slots))
        for t, length in enumerate(self.instance.lengths):
            holding = [(columns[k], 1.0) for k, content in enumerate(self.contents) if t in content.topics]
            program.row(holding, float(length))
        optimum = solve(program, seconds=seconds)
        prices = optimum.prices[1:] if optimum else (0.0,) * len(self.instance.lengths)
        return [max(0.0, price) for price in prices]

    def _best_content(self, prices: list[float], seconds: float) -> tuple[Content, float] | None:
        """The best content of one slot after paying the prices, and a proven limit of its worth."""
        program, instance = Program(), self.instance
        groups = room_groups(instance)
        held: list[dict[int, int]] = []
        seats: list[list[tuple[int, float]]] = [[] for _ in instance.ideals]
        gains: list[tuple[int, int]] = []
        for t in range(len(instance.topic_ids)):
            fitting = [g for g, group in enumerate(groups) if group.takes(instance, t)]
            held.append({g: program.column(-prices[t], whole=True) for g in fitting})
            program.row([(column, 1.0) for column in held[t].values()], 1.0)
            for value, p, column in attendance(program, instance, t, held[t], groups):
                program.gains[column], program.most[column] = float(value), 1.0
                seats[p].append((column, 1.0))
                gains.append((column, value))
        for g, group in enumerate(groups):
            program.row([(rooms[g], 1.0) for rooms in held if g in rooms], float(group.count))
        for entries in seats:
            if len(entries) > 1:
                program.row(entries, 1.0)
        optimum = solve(program, seconds=seconds)
        if optimum is None or not optimum.values:
            return None
        chosen = frozenset(t for t, rooms in enumerate(held) if any(optimum.values[c] > HALF for c in rooms.values()))
        return Content(chosen, sum(value * optimum.values[column] for column, value in gains)), optimum.bound


HALF = 0.5


def _times(price: float, length: int) -> float:
    return price * length
