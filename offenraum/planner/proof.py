"""How much of the possible a plan reaches at least, by whatever solver there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from offenraum.planner.board import Board
from offenraum.planner.ceiling import Asked, Bound, ideal_bound
from offenraum.planner.objective import UNIT, Objective
from offenraum.planner.score import value

try:
    from offenraum.planner.bound import lp_bound

    HAS_SOLVER = True
except ImportError:
    HAS_SOLVER = False
try:
    from offenraum.planner.lagrange import lagrange_bound

    HAS_LAGRANGE = HAS_SOLVER
except ImportError:
    HAS_LAGRANGE = False


@dataclass(frozen=True, slots=True)
class Proof:
    """The best bound proven for an objective, and the share of it that the plan reaches at least."""

    objective: Objective
    bound: Bound
    at_least_percent: float


def prove(
    board: Board, objective: Objective, *, kind: Asked, seconds: float, on_better: Callable[[Proof], bool]
) -> Proof:
    """The best bound that `kind` finds within `seconds`, and never nothing: without a solver it is the ideal bound.

    `on_better` hears of every better bound and returns whether to stop. `nash` is measured by the plain sum: a share of
    a product over people says nothing. The Lagrangian is only there for the sum; for `sqrt` the linear program answers.
    """
    measured: Objective = "sum" if objective == "nash" else objective
    reached = value(board, measured) / UNIT

    def proof(bound: Bound) -> Proof:
        return Proof(measured, bound, bound.at_least_percent(reached))

    best = ideal_bound(board.instance, measured)
    if not HAS_SOLVER:
        return proof(best)
    best = lp_bound(board.instance, measured, seconds=seconds)
    if not on_better(proof(best)) and kind == "lagrange" and measured == "sum" and HAS_LAGRANGE:
        best = lagrange_bound(board, best, seconds=seconds, on_better=lambda bound: on_better(proof(bound)))
    return proof(best)
