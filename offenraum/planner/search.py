"""The full engine: a greedy start and annealing in compiled code, for a number of steps or until a deadline."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import numpy as np

from offenraum.planner.anneal import anneal, mean_loss, settle
from offenraum.planner.board import Board
from offenraum.planner.filling import fill_up
from offenraum.planner.instance import Instance
from offenraum.planner.objective import UNIT, Objective
from offenraum.planner.state import BEST_ROOM, BEST_SLOT, BEST_WORTH, ROOM, SLOT, TOPIC, State, new_state
from offenraum.planner.tables import Tables, tables

ENGINE = "anneal-3"

# Heat is a share of the mean loss of a random move: where a cycle begins, and how often it halves until it ends.
HOTTEST_PERCENT = 15
HALVINGS = 3
SAMPLES = 2_000
# A cycle is about so many steps per topic; a longer run makes more cycles, at most MOST_CYCLES.
STEPS_PER_TOPIC = 5_000
MOST_CYCLES = 12
# The second and later cycles begin with the best plan so far, this far down the way of the heat.
REHEAT_PERCENT = 40
CHUNKS_PER_CYCLE = 64
# With fewer steps than this for each topic and cell there is no time to begin so hot.
STEPS_PER_CHOICE = 90
# Places on the way of the heat are told in such parts.
GRAIN = 1 << 20
CHUNK_SECONDS = 0.02
FIRST_CHUNK = 2_000
# How fast a run is depends on its heat, and its heat on how many steps there are: asked at the end of the way, then
# twice in its middle.
PROBES = (GRAIN - 1, GRAIN // 2, GRAIN // 2)
# An estimate is believed when it is worse than what may be taken by this share of the mean loss.
DOUBT_PERCENT = 8


class Search:
    """One run on one problem: first `fill`, then `run_steps` or `run_until`; `best` is there at any time."""

    def __init__(
        self, instance: Instance, start: Board, objective: Objective, *, seed: int, moves_cost: float = 0.0
    ) -> None:
        self.instance = instance
        self.tables: Tables = tables(instance, objective, moves_cost=moves_cost)
        self.state: State = new_state(self.tables, start, seed)
        self.iterations = 0
        self.cycle = 0
        settle(self.tables, self.state)

    def fill(self) -> None:
        """Add what the start leaves out, greedily."""
        shape = (len(self.instance.topic_ids), len(self.instance.slot_ids))
        if 0 in shape:
            return
        fill_up(self.tables, self.state, np.zeros(shape, np.int64), np.zeros(shape, np.int64))
        settle(self.tables, self.state)

    @property
    def value(self) -> float:
        """What the best plan so far is worth to people, in units of the objective."""
        return int(self.state.numbers[BEST_WORTH]) / UNIT

    def best(self) -> Board:
        """The best plan so far."""
        board = Board(self.instance)
        for t, (s, r) in enumerate(self.state.where[:, [BEST_SLOT, BEST_ROOM]].tolist()):
            if s >= 0:
                board.put(t, (s, r))
        return board

    def run_steps(self, steps: int, on_share: Callable[[float], bool]) -> None:
        """Search so many steps; the same seed and steps give the same plan. `on_share` returns whether to stop."""
        if not self._can_search():
            return
        base = self._base(self._mean_loss(), steps)
        cycles = self._cycles(steps)
        chunks = cycles * CHUNKS_PER_CYCLE
        for chunk in range(chunks):
            size = steps * (chunk + 1) // chunks - steps * chunk // chunks
            cycle, part = divmod(chunk, CHUNKS_PER_CYCLE)
            self._chunk(base, self._place(cycle, part * GRAIN // CHUNKS_PER_CYCLE), size)
            if on_share((chunk + 1) / chunks):
                return

    def run_until(
        self, deadline: float, on_share: Callable[[float], bool], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Search until `clock` shows `deadline`."""
        if not self._can_search():
            return
        begin, loss, size = clock(), self._mean_loss(), FIRST_CHUNK
        base, steps = loss, 0
        for place in PROBES:
            before = clock()
            self._chunk(base, place, size)
            now = clock()
            steps = int(size / max(now - before, 1e-6) * max(0.0, deadline - now))
            base = self._base(loss, steps)
        self._return_to_best()
        cycles = self._cycles(steps)
        while now < deadline and not on_share((now - begin) / (deadline - begin)):
            rate = size / max(now - before, 1e-6)
            size = max(10, int(rate * min(CHUNK_SECONDS, deadline - now)))
            cycle, part = divmod(int((now - begin) / (deadline - begin) * cycles * GRAIN), GRAIN)
            self._chunk(base, self._place(cycle, part), size)
            before, now = now, clock()
        on_share(1.0)

    def _can_search(self) -> bool:
        return len(self.state.movable) > 0

    def _mean_loss(self) -> int:
        return max(1, mean_loss(self.tables, self.state, SAMPLES))

    def _base(self, loss: int, steps: int) -> int:
        """The mean loss that heat is a share of, made smaller where there are few steps for each topic and cell."""
        choices = max(1, sum(len(cells) for cells in self.instance.fits))
        millionths = min(1_000_000, steps * 1_000_000 // (STEPS_PER_CHOICE * choices))
        return max(1, loss * millionths // 1_000_000 * math.isqrt(millionths) // 1_000)

    def _cycles(self, steps: int) -> int:
        return max(1, min(MOST_CYCLES, steps // (STEPS_PER_TOPIC * len(self.instance.topic_ids))))

    def _place(self, cycle: int, part: int) -> int:
        """Where on the way of the heat a part (0 to GRAIN) of a cycle is; a new cycle begins with the best plan."""
        if cycle != self.cycle:
            self.cycle = cycle
            self._return_to_best()
        begin = GRAIN * REHEAT_PERCENT // 100 if cycle else 0
        return begin + part * (GRAIN - begin) // GRAIN

    def _return_to_best(self) -> None:
        where, topics, board = self.state.where, self.state.cell[TOPIC], self.best()
        where[:, [SLOT, ROOM]] = where[:, [BEST_SLOT, BEST_ROOM]]
        topics[:] = -1
        for t, (s, r) in enumerate(board.where):
            if s >= 0:
                topics[[*board.span(t, s)], r] = t
        settle(self.tables, self.state)

    def _chunk(self, base: int, place: int, size: int) -> None:
        anneal(self.tables, self.state, heat(base, place), base * DOUBT_PERCENT // 100, size)
        self.iterations += size


def heat(base: int, place: int) -> int:
    """The heat at `place` (0 to GRAIN) of a cycle: halved HALVINGS times, straight in between; whole numbers only."""
    halved, rest = divmod(place * HALVINGS, GRAIN)
    hottest = base * HOTTEST_PERCENT // 100 >> halved
    return hottest - hottest * rest // (2 * GRAIN)
