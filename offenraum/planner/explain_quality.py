"""How good a plan is, beside what placing by votes would give and beside the plan before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from offenraum.planner.board import Board
from offenraum.planner.canonical import Json
from offenraum.planner.ceiling import ideal_bound
from offenraum.planner.instance import NOWHERE, Instance
from offenraum.planner.objective import UNIT, Objective
from offenraum.planner.problem import BrokenInput, Cell
from offenraum.planner.replan import holding
from offenraum.planner.score import score, value
from offenraum.planner.start import begin


def by_votes(instance: Instance) -> Board:
    """What hands would do: the most wanted topic first, each into the largest room that is free, the earliest slot.

    Past and pins stay, and no hard rule is broken.
    """
    board = begin(instance)
    votes = [sum(value * len(people) for value, people in wishes) for wishes in instance.wishers]
    for t in sorted(range(len(votes)), key=lambda t: (-votes[t], t)):
        cells = [cell for cell in instance.fits[t] if board.where[t] == NOWHERE and board.allows(t, cell)]
        if cells:
            board.put(t, min(cells, key=lambda cell: (-instance.places[cell[1]], cell)))
    return board


def _by_votes(instance: Instance, objective: Objective) -> dict[str, Json] | None:
    """The figures of placing by votes; null when pins of a hand-made plan cannot hold together."""
    try:
        return figures(by_votes(instance), objective)
    except BrokenInput:
        return None


def figures(board: Board, objective: Objective) -> dict[str, Json]:
    """`value` in units of the objective, `sum` in wishes, people with nothing and below half, topics `placed`."""
    return {
        "value": round(value(board, objective) / UNIT, 6),
        **asdict(score(board)),
        "placed": sum(cell != NOWHERE for cell in board.where),
    }


def quality_document(
    board: Board, objective: Objective, *, bound: Mapping[str, Json] | None, last: Mapping[str, Cell] | None
) -> dict[str, Json]:
    """This plan, `by_votes` and the `last` plan in the same figures; `bound` is the proven one, else that of ideals."""
    instance = board.instance
    own = figures(board, objective)
    ideal = ideal_bound(instance, objective)
    simple: dict[str, Json] = {
        "objective": objective,
        "value": round(ideal.value, 6),
        "kind": ideal.kind,
        "at_least_percent": ideal.at_least_percent(value(board, objective) / UNIT),
    }
    return {
        "objective": objective,
        **own,
        "people": sum(1 for person in instance.problem.people if person.wishes and not person.is_forecast),
        "bound": dict(bound) if bound else simple,
        "by_votes": _by_votes(instance, objective),
        "last": figures(holding(instance, last), objective) if last is not None else None,
    }
