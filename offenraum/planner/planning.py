"""The planner's front door: a problem in, a plan out."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Literal

from offenraum.planner.canonical import digest
from offenraum.planner.document import problem_document
from offenraum.planner.engine import Answer, Run, has_compiler, run_full, run_greedy
from offenraum.planner.instance import Instance, index
from offenraum.planner.objective import UNIT, Objective
from offenraum.planner.plan import Plan, Progress
from offenraum.planner.problem import Problem
from offenraum.planner.references import check_references
from offenraum.planner.replan import changes
from offenraum.planner.score import score, value
from offenraum.planner.start import resume
from offenraum.planner.unplaced import unplaced_topics

DEFAULT_SECONDS = 5.0
# What moving a session of the running plan costs: as much as satisfying one person fully (sqrt), or one wish (sum).
DEFAULT_MOVES_COST = 1.0

Engine = Literal["full", "greedy"]


def ignore_progress(_: Progress) -> bool:
    """Nobody watches, nobody stops."""
    return False


def plan(
    problem: Problem,
    *,
    objective: Objective = "sqrt",
    seed: int = 1,
    seconds: float | None = None,
    iterations: int | None = None,
    moves_cost: float | None = None,
    engine: Engine = "full",
    on_progress: Callable[[Progress], bool] = ignore_progress,
) -> Plan:
    """The best plan found within `seconds` (5 when nothing is said) or `iterations`.

    The same problem, seed and iterations give the same plan. `moves_cost` is what moving a session of the running plan
    costs, in units of the objective (default 1 if the problem has a running plan); changing only its room costs 0.3 of
    it. `on_progress` hears of every better plan and four times a second, and returns whether to stop; the best plan so
    far is returned either way. Raises BrokenInput when ids are unknown or pins cannot hold together.
    """
    begun = time.monotonic()
    check_references(problem)
    instance = index(problem)
    run = Run(
        objective=objective,
        seed=seed,
        moves_cost=_moves_cost(problem, moves_cost),
        iterations=iterations,
        deadline=None if iterations is not None else begun + (seconds or DEFAULT_SECONDS),
        on_progress=on_progress,
    )
    answers = run_full if engine == "full" and has_compiler() else run_greedy
    answer = answers(instance, resume(instance), run)
    return _plan(instance, answer, run)


def _moves_cost(problem: Problem, asked: float | None) -> float:
    if asked is not None:
        return asked
    return DEFAULT_MOVES_COST if problem.current else 0.0


def _plan(instance: Instance, answer: Answer, run: Run) -> Plan:
    problem = instance.problem
    placements = answer.board.placements()
    return Plan(
        placements=placements,
        unplaced=unplaced_topics(answer.board, run.objective),
        score=score(answer.board),
        objective=run.objective,
        value=value(answer.board, run.objective) / UNIT,
        seed=run.seed,
        engine=answer.engine,
        iterations=answer.iterations,
        input_hash=problem.source_hash or digest(problem_document(problem)),
        changes=None if problem.current is None else changes(instance, problem.current, placements),
    )
