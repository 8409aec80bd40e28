"""Linear programs for the bound, built row by row and solved by HiGHS."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import highspy
import numpy as np

# The solver works with floating numbers; a bound is raised by this share, far beyond its feasibility tolerance.
SAFETY = 1e-6
FEASIBLE = 2
# A whole-number program may stop this close to its optimum: its bound is proven all the same.
GOOD_ENOUGH = 0.002


@dataclass(slots=True)
class Program:
    """Maximise `gains` over columns from 0 to `most`, with each row's sum at most its limit; some columns are whole."""

    gains: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    limits: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    columns: list[int] = field(default_factory=list)
    factors: list[float] = field(default_factory=list)

    def column(self, gain: float, *, most: float = 1.0, whole: bool = False) -> int:
        """Add a column; returns its number."""
        self.gains.append(gain)
        self.most.append(most)
        self.whole.append(whole)
        return len(self.gains) - 1

    def row(self, entries: Sequence[tuple[int, float]], limit: float) -> None:
        """Add a row: the sum of factor times column is at most `limit`."""
        self.columns.extend(column for column, _ in entries)
        self.factors.extend(factor for _, factor in entries)
        self.starts.append(len(self.columns))
        self.limits.append(limit)


@dataclass(frozen=True, slots=True)
class Optimum:
    """`bound` is proven: no solution is worth more; `values` are the columns of the best solution found (or none).

    `prices` are what one more unit of each row's limit would be worth (linear programs only).
    """

    bound: float
    values: tuple[float, ...]
    prices: tuple[float, ...]


def solve(program: Program, *, seconds: float, threads: int = 1) -> Optimum | None:
    """The best solution and a proven bound; None when the time was too short for any."""
    solver = _solver(seconds, threads)
    solver.passModel(_model(program))
    solver.run()
    info = solver.getInfo()
    if any(program.whole):
        bound = info.mip_dual_bound
    elif solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
        bound = info.objective_function_value
    else:
        return None
    if not np.isfinite(bound):
        return None
    solution = solver.getSolution()
    values = tuple(solution.col_value) if info.primal_solution_status == FEASIBLE else ()
    return Optimum(bound + SAFETY * max(1.0, abs(bound)), values, tuple(solution.row_dual))


def quiet_solver(threads: int = 1) -> highspy.Highs:
    """A solver that prints nothing and does the same every time."""
    with _silence():
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", threads)
    solver.setOptionValue("random_seed", 1)
    return solver


def _solver(seconds: float, threads: int) -> highspy.Highs:
    solver = quiet_solver(threads)
    solver.setOptionValue("mip_rel_gap", GOOD_ENOUGH)
    solver.setOptionValue("time_limit", float(max(seconds, 0.01)))
    return solver


@contextmanager
def _silence() -> Iterator[None]:
    """The solver greets on standard output before it can be told not to."""
    sys.stdout.flush()
    kept = os.dup(1)
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def _model(program: Program) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(program.gains), len(program.limits)
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = np.array(program.gains)
    model.col_lower_ = np.zeros(len(program.gains))
    model.col_upper_ = np.array(program.most)
    model.row_lower_ = np.full(len(program.limits), -highspy.kHighsInf)
    model.row_upper_ = np.array(program.limits)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.array(program.starts)
    model.a_matrix_.index_ = np.array(program.columns)
    model.a_matrix_.value_ = np.array(program.factors)
    if any(program.whole):
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[whole] for whole in program.whole]
    return model
