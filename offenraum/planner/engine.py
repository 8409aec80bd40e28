"""Which engine answers: the compiled search, or the greedy one where the compiler is missing or still at work."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from offenraum.planner.board import Board
from offenraum.planner.ceiling import Bound
from offenraum.planner.greedy import greedy
from offenraum.planner.instance import Instance
from offenraum.planner.objective import UNIT, Objective
from offenraum.planner.plan import Progress
from offenraum.planner.score import value
from offenraum.planner.warmth import is_warm

try:
    from offenraum.planner.search import ENGINE as FULL_ENGINE
    from offenraum.planner.search import Search
except ImportError:
    FULL_ENGINE = ""

GREEDY_ENGINE = "greedy-3"
TELL_SECONDS = 0.25
WARM = [sys.executable, "-m", "offenraum.planner.warm"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one run was asked for: exactly one of `iterations` and `deadline` (monotonic clock) is given."""

    objective: Objective
    seed: int
    moves_cost: float
    iterations: int | None
    deadline: float | None
    ceiling: Bound
    on_progress: Callable[[Progress], bool]

    def tell(self, value: float, share: float, engine: str, iterations: int) -> bool:
        """Report how far the run is; whether to stop."""
        percent = self.ceiling.at_least_percent(value)
        return self.on_progress(Progress(value, share, engine, iterations, percent))


@dataclass(frozen=True, slots=True)
class Answer:
    """The best plan of a run, which engine made it in how many steps, and why it was not the full one."""

    board: Board
    engine: str
    iterations: int
    note: str = ""


def has_compiler() -> bool:
    """Whether the full engine can run here."""
    return bool(FULL_ENGINE)


def run_greedy(instance: Instance, start: Board, run: Run) -> Answer:
    """The greedy engine alone."""
    board = greedy(instance, start, run.objective)
    tell_of_greedy(board, run, share=1.0)
    return Answer(board, GREEDY_ENGINE, 0)


def run_full(instance: Instance, start: Board, run: Run) -> Answer:
    """The full engine; until its machine code is there, greedy answers."""
    if run.deadline is None or is_warm():
        return _search(instance, start, run)
    board = greedy(instance, start, run.objective)
    if _warmed_before(run.deadline, lambda: tell_of_greedy(board, run, share=0.0)):
        return _search(instance, board, run)
    return Answer(board, GREEDY_ENGINE, 0, "compiling")


def _search(instance: Instance, start: Board, run: Run) -> Answer:
    search = Search(instance, start, run.objective, seed=run.seed, moves_cost=run.moves_cost)
    search.fill()
    teller = _Teller(search, run)
    if not teller.tell(0.0):
        if run.deadline is None:
            search.run_steps(run.iterations or 0, teller.tell)
        else:
            search.run_until(run.deadline, teller.tell)
    return Answer(search.best(), FULL_ENGINE, search.iterations)


class _Teller:
    """Tells of every better plan, and a few times a second that the run goes on."""

    def __init__(self, search: Search, run: Run) -> None:
        self.search, self.run = search, run
        self.best, self.told_at = -1.0, 0.0

    def tell(self, share: float) -> bool:
        """Whether to stop."""
        value, now = self.search.value, time.monotonic()
        if value == self.best and now < self.told_at + TELL_SECONDS and share < 1.0:
            return False
        self.best, self.told_at = value, now
        iterations = self.search.iterations
        return self.run.tell(value, share, FULL_ENGINE, iterations)


def tell_of_greedy(board: Board, run: Run, *, share: float) -> bool:
    """Whether to stop."""
    return run.tell(value(board, run.objective) / UNIT, share, GREEDY_ENGINE, 0)


def _warmed_before(deadline: float, tell: Callable[[], bool]) -> bool:
    """Compile in a process of its own, which goes on after the deadline so that the next run finds the machine code."""
    compiling = subprocess.Popen(  # noqa: S603
        WARM, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    while time.monotonic() < deadline and not tell():
        if compiling.poll() is not None:
            return compiling.returncode == 0
        time.sleep(TELL_SECONDS)
    return False
