"""The planner's front door: a problem in, a plan out."""

from __future__ import annotations

from collections.abc import Callable

from offenraum.planner.board import Board
from offenraum.planner.canonical import digest
from offenraum.planner.document import problem_document
from offenraum.planner.greedy import greedy
from offenraum.planner.instance import Instance, index
from offenraum.planner.objective import UNIT, Objective
from offenraum.planner.plan import Plan, Progress
from offenraum.planner.problem import Problem
from offenraum.planner.references import check_references
from offenraum.planner.score import score, value
from offenraum.planner.start import resume
from offenraum.planner.unplaced import unplaced_topics

ENGINE = "greedy-1"


def ignore_progress(_: Progress) -> None:
    """Nobody watches."""


def never_stop() -> bool:
    """Nobody cancels."""
    return False


def plan(
    problem: Problem,
    *,
    objective: Objective = "sqrt",
    seed: int = 1,
    seconds: float | None = None,
    iterations: int | None = None,
    on_progress: Callable[[Progress], None] = ignore_progress,
    should_stop: Callable[[], bool] = never_stop,
) -> Plan:
    """The best plan found within `seconds` or `iterations` (the same seed and iterations give the same plan).

    Raises BrokenInput when ids are unknown or pins cannot hold together. `on_progress` hears of every better plan,
    `should_stop` is asked between steps; the best plan so far is returned either way.
    """
    check_references(problem)
    instance = index(problem)
    board = greedy(instance, resume(instance), objective)
    on_progress(Progress(value=value(board, objective) / UNIT, share=1.0, engine=ENGINE, iterations=0))
    return _answer(instance, board, objective=objective, seed=seed, engine=ENGINE, iterations=0)


def _answer(instance: Instance, board: Board, *, objective: Objective, seed: int, engine: str, iterations: int) -> Plan:
    return Plan(
        placements=board.placements(),
        unplaced=unplaced_topics(board, objective),
        score=score(board),
        objective=objective,
        value=value(board, objective) / UNIT,
        seed=seed,
        engine=engine,
        iterations=iterations,
        input_hash=instance.problem.source_hash or digest(problem_document(instance.problem)),
    )
