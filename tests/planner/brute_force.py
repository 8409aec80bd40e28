"""Every plan of a tiny problem, to hold the engine and the bounds against."""

from __future__ import annotations

from itertools import product

from offenraum.planner.board import Board
from offenraum.planner.instance import NOWHERE, Instance
from offenraum.planner.objective import Objective
from offenraum.planner.score import value
from offenraum.planner.start import is_valid


def best_of_all(instance: Instance, objective: Objective) -> int:
    """The value of the best valid plan, in units of the objective."""
    choices = [cells if instance.fixed[t] != NOWHERE else (NOWHERE, *cells) for t, cells in enumerate(instance.fits)]
    return max(value(board, objective) for cells in product(*choices) if (board := _board(instance, cells)))


def _board(instance: Instance, cells: tuple[tuple[int, int], ...]) -> Board | None:
    """The plan, if it breaks no rule."""
    board = Board(instance)
    for t, cell in enumerate(cells):
        if cell != NOWHERE:
            if not board.is_free(t, cell):
                return None
            board.put(t, cell)
    return board if is_valid(board) else None
