"""The value of a whole plan: what every person gets from it, and the figures that are published."""

from __future__ import annotations

import math
from dataclasses import dataclass

from offenraum.planner.board import Board
from offenraum.planner.instance import HALVES, Instance
from offenraum.planner.objective import Objective, worth_tables
from offenraum.planner.seating import seat


@dataclass(frozen=True, slots=True)
class Score:
    """`sum` in wishes; `sqrt` the sum over people of the root of (got / ideal); `nash` the mean share on the log scale.

    People without any wish count nowhere, nor does the crowd of a forecast. `people_below_half` got less than half of
    their ideal.
    """

    sum: float
    sqrt: float
    nash: float
    people_with_nothing: int
    people_below_half: int


def received(board: Board) -> list[int]:
    """Half wishes that each person gets over all slots."""
    got = [0] * len(board.instance.ideals)
    for s in range(len(board.instance.slot_ids)):
        for p, (value, _) in seat(board.instance, board.sessions(s)).items():
            got[p] += value
    return got


def score(board: Board) -> Score:
    """The published figures of a plan."""
    people = zip(board.instance.problem.people, received(board), board.instance.ideals, strict=True)
    pairs = [(got, ideal) for person, got, ideal in people if ideal and not person.is_forecast]
    logs = sum(math.log((got + 1) / (ideal + 1)) for got, ideal in pairs)
    return Score(
        sum=sum(got for got, _ in pairs) / HALVES,
        sqrt=round(sum(math.sqrt(got / ideal) for got, ideal in pairs), 6),
        nash=round(math.exp(logs / len(pairs)), 6) if pairs else 0.0,
        people_with_nothing=sum(got == 0 for got, _ in pairs),
        people_below_half=sum(2 * got < ideal for got, ideal in pairs),
    )


def value(board: Board, objective: Objective) -> int:
    """The exact value that the engines raise, in units of `objective.UNIT`."""
    return worth(board.instance, received(board), objective)


def worth(instance: Instance, got: list[int], objective: Objective) -> int:
    """What is received, as value of the objective."""
    tables = worth_tables(objective, instance.ideals)
    return sum(table[halves] for table, halves in zip(tables, got, strict=True))
