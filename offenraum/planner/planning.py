"""The planner's front door: a problem in, a plan out."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from offenraum.planner.audience import audiences
from offenraum.planner.board import Board
from offenraum.planner.canonical import digest
from offenraum.planner.ceiling import Asked, ideal_bound
from offenraum.planner.document import problem_document
from offenraum.planner.engine import Answer, Run, has_compiler, run_full, run_greedy
from offenraum.planner.instance import Instance, index
from offenraum.planner.objective import UNIT, Objective
from offenraum.planner.plan import Plan, Progress
from offenraum.planner.problem import Problem
from offenraum.planner.proof import HAS_SOLVER, prove
from offenraum.planner.references import check_references
from offenraum.planner.replan import changes
from offenraum.planner.roomy import give_room
from offenraum.planner.score import score, value
from offenraum.planner.start import resume
from offenraum.planner.unplaced import unplaced_topics

DEFAULT_SECONDS = 5.0
DEFAULT_BOUND_SECONDS = 60.0
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
        ceiling=ideal_bound(instance, objective),
        on_progress=on_progress,
    )
    return _plan(instance, _answer(instance, run, engine), run)


def measured(
    problem: Problem,
    made: Plan,
    *,
    bound: Asked = "lp",
    seconds: float = DEFAULT_BOUND_SECONDS,
    on_better: Callable[[Plan], bool] = lambda _: False,
) -> Plan:
    """The plan with a proof of how much of the possible it reaches at least, sought for so many seconds.

    `on_better` gets the plan with each better proof and returns whether to stop.
    """
    board = Board(index(problem), made.placements)
    proof = prove(
        board,
        made.objective,
        kind=bound,
        seconds=seconds,
        on_better=lambda proof: on_better(replace(made, proof=proof)),
    )
    return replace(made, proof=proof, notes=(*made.notes, *_solver_notes()))


def _answer(instance: Instance, run: Run, engine: Engine) -> Answer:
    start = resume(instance)
    if engine == "greedy":
        return run_greedy(instance, start, run)
    if not has_compiler():
        return replace(run_greedy(instance, start, run), note="compiler_missing")
    return run_full(instance, start, run)


def _solver_notes() -> tuple[str, ...]:
    return () if HAS_SOLVER else ("solver_missing",)


def _moves_cost(problem: Problem, asked: float | None) -> float:
    if asked is not None:
        return asked
    return DEFAULT_MOVES_COST if problem.current else 0.0


def _plan(instance: Instance, answer: Answer, run: Run) -> Plan:
    problem = instance.problem
    board = give_room(answer.board, keep_running=run.moves_cost > 0)
    placements = board.placements()
    return Plan(
        placements=placements,
        unplaced=unplaced_topics(board, run.objective),
        score=score(board),
        objective=run.objective,
        value=value(board, run.objective) / UNIT,
        seed=run.seed,
        engine=answer.engine,
        iterations=answer.iterations,
        input_hash=problem.source_hash or digest(problem_document(problem)),
        audiences={instance.topic_ids[t]: audience for t, audience in audiences(board).items()},
        forecast_people=sum(person.is_forecast for person in problem.people),
        notes=(answer.note,) if answer.note else (),
        changes=None if problem.current is None else changes(instance, problem.current, placements),
    )
