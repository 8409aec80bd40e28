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
import numpy.typing as npt

# Sums of floating numbers: a bound is raised by this share, far beyond their rounding.
SAFETY = 1e-6
# Above so many factors the simplex method takes too long: steps along the gradient find prices that are this good.
MANY, GOOD_ENOUGH = 20_000, 3e-4


@dataclass(slots=True)
class Program:
    """Maximise `gains` over columns from 0 to `most`, with each row's sum at most its limit."""

    gains: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    limits: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    columns: list[int] = field(default_factory=list)
    factors: list[float] = field(default_factory=list)

    def column(self, gain: float, *, most: float = 1.0) -> int:
        """Add a column; returns its number."""
        self.gains.append(gain)
        self.most.append(most)
        return len(self.gains) - 1

    def row(self, entries: Sequence[tuple[int, float]], limit: float) -> None:
        """Add a row: the sum of factor times column is at most `limit`."""
        self.columns.extend(column for column, _ in entries)
        self.factors.extend(factor for _, factor in entries)
        self.starts.append(len(self.columns))
        self.limits.append(limit)


def solve(program: Program, *, seconds: float) -> float | None:
    """What no solution can pass; None when the time was too short for any."""
    solver = quiet_solver()
    solver.setOptionValue("time_limit", float(max(seconds, 0.01)))
    if len(program.factors) > MANY:
        solver.setOptionValue("solver", "pdlp")
        for tolerance in ("optimality", "primal_feasibility", "dual_feasibility"):
            solver.setOptionValue(f"{tolerance}_tolerance", GOOD_ENOUGH)
        solver.setOptionValue("pdlp_optimality_tolerance", GOOD_ENOUGH)
    solver.passModel(_model(program))
    solver.run()
    solution = solver.getSolution()
    return limit_at(program, np.array(solution.row_dual)) if solution.dual_valid else None


def limit_at(program: Program, prices: npt.NDArray[np.float64]) -> float:
    """What no solution can pass, proven by prices of the rows: right for any prices, close for good ones.

    Whoever may buy more of each row's limit at its price pays for what is there, and each column is worth at most what
    it gains after paying (weak duality).
    """
    paid = np.maximum(prices, 0.0)
    rows = np.repeat(np.arange(len(paid)), np.diff(program.starts))
    costs = np.bincount(program.columns, np.array(program.factors) * paid[rows], len(program.gains))
    left = np.maximum(np.array(program.gains) - costs, 0.0)
    limit = float(paid @ np.array(program.limits) + left @ np.array(program.most))
    return limit + SAFETY * max(1.0, abs(limit))


def quiet_solver() -> highspy.Highs:
    """A solver that prints nothing and does the same every time."""
    with _silence():
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", 1)
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
    return model
