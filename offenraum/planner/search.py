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

ENGINE = "anneal-4"

# Heat is a share of the mean loss of a random move: where a cycle begins, and where it ends. The more topics, the more
# their unrest adds up to, so the end is shared among them; few topics get no larger share than these.
HOTTEST_PERCENT = 15
COOLEST_PERCENT, FEWEST_SHARES = 120, 4
SAMPLES = 2_000
# A cycle is about so many steps for each topic and cell; a longer run makes more cycles, at most MOST_CYCLES.
STEPS_PER_CYCLE = 270
MOST_CYCLES = 12
# The second and later cycles begin with the best plan so far, this far down the way of the heat.
REHEAT_PERCENT = 40
CHUNKS_PER_CYCLE = 64
# With fewer steps than this for each topic and cell there is no time to begin so hot.
STEPS_PER_CHOICE = 90
# Places on the way of the heat are told in 2**GRAIN_BITS parts.
GRAIN_BITS = 20
GRAIN = 1 << GRAIN_BITS
CHUNK_SECONDS = 0.02
FIRST_CHUNK = 2_000
# How fast a run is depends on its heat, and its heat on how many steps there are: asked at the end of the way, then
# twice in its middle.
PROBES = (GRAIN - 1, GRAIN // 2, GRAIN // 2)
# An estimate is believed when it is worse than what may be taken by this share of the mean loss.
DOUBT_PERCENT = 12


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
        self.choices = max(1, sum(len(cells) for cells in instance.fits))
        self.loss = 1
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
        self._try_losses()
        hottest, cycles = self._hottest(steps), self._cycles(steps)
        chunks = cycles * CHUNKS_PER_CYCLE
        for chunk in range(chunks):
            size = steps * (chunk + 1) // chunks - steps * chunk // chunks
            cycle, part = divmod(chunk, CHUNKS_PER_CYCLE)
            self._chunk(hottest, self._place(cycle, part * GRAIN // CHUNKS_PER_CYCLE), size)
            if on_share((chunk + 1) / chunks):
                return

    def run_until(
        self, deadline: float, on_share: Callable[[float], bool], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Search until `clock` shows `deadline`."""
        if not self._can_search():
            return
        self._try_losses()
        begin, size, steps, hottest = clock(), FIRST_CHUNK, 0, self.loss
        for place in PROBES:
            before = clock()
            self._chunk(hottest, place, size)
            now = clock()
            steps = int(size / max(now - before, 1e-6) * max(0.0, deadline - now))
            hottest = self._hottest(steps)
        self._return_to_best()
        cycles = self._cycles(steps)
        while now < deadline and not on_share((now - begin) / (deadline - begin)):
            rate = size / max(now - before, 1e-6)
            size = max(10, int(rate * min(CHUNK_SECONDS, deadline - now)))
            cycle, part = divmod(int((now - begin) / (deadline - begin) * cycles * GRAIN), GRAIN)
            self._chunk(hottest, self._place(cycle, part), size)
            before, now = now, clock()
        on_share(1.0)

    def _can_search(self) -> bool:
        return len(self.state.movable) > 0

    def _try_losses(self) -> None:
        """Learn the mean loss of random moves, the measure of everything warm."""
        self.loss = max(1, mean_loss(self.tables, self.state, SAMPLES))

    def _hottest(self, steps: int) -> int:
        """The heat that a cycle begins with: less where there are few steps for each topic and cell."""
        millionths = min(1_000_000, steps * 1_000_000 // (STEPS_PER_CHOICE * self.choices))
        return self.loss * HOTTEST_PERCENT // 100 * millionths // 1_000_000 * math.isqrt(millionths) // 1_000

    def _cycles(self, steps: int) -> int:
        return max(1, min(MOST_CYCLES, steps // (STEPS_PER_CYCLE * self.choices)))

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

    def _chunk(self, hottest: int, place: int, size: int) -> None:
        shares = max(FEWEST_SHARES, len(self.instance.topic_ids))
        coolest = max(1, self.loss * COOLEST_PERCENT // 100 // shares)
        now = heat(max(hottest, coolest), coolest, place)
        anneal(self.tables, self.state, now, self.loss * DOUBT_PERCENT // 100, size)
        self.iterations += size


def heat(hottest: int, coolest: int, place: int) -> int:
    """The heat at `place` (0 to GRAIN - 1) between two: it falls by the same share everywhere.

    Roots are the same on every processor, powers are not.
    """
    now, share = float(hottest), coolest / hottest
    for bit in reversed(range(GRAIN_BITS)):
        share = math.sqrt(share)
        if place >> bit & 1:
            now *= share
    return max(1, int(now))
