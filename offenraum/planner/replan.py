"""How a new plan differs from the running one: which sessions move, and what that gives and takes from people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from offenraum.planner.board import Board
from offenraum.planner.instance import HALVES, Instance
from offenraum.planner.problem import Cell
from offenraum.planner.rules import broken
from offenraum.planner.score import received


@dataclass(frozen=True, slots=True)
class Move:
    """A topic that changes its place; None stands for not being in the plan."""

    topic: str
    before: Cell | None
    after: Cell | None


@dataclass(frozen=True, slots=True)
class Changes:
    """The moves, how many people gain and lose by all of them together, and how many wishes they gain and lose.

    The estimated are those among the people who belong to the crowd of a forecast.
    """

    moves: tuple[Move, ...]
    people_who_gain: int
    people_who_lose: int
    wishes_gained: float
    wishes_lost: float
    estimated_who_gain: int = 0
    estimated_who_lose: int = 0


def changes(instance: Instance, before: Mapping[str, Cell], after: Mapping[str, Cell]) -> Changes:
    """The difference of two plans; in the old one only what still holds counts for people."""
    moves = [Move(topic, before.get(topic), after.get(topic)) for topic in instance.topic_ids]
    old, new = received(holding(instance, before)), received(Board(instance, after))
    differences = [after_halves - before_halves for before_halves, after_halves in zip(old, new, strict=True)]
    crowd = differences[instance.named_count :]
    return Changes(
        moves=tuple(move for move in moves if move.before != move.after),
        people_who_gain=sum(more > 0 for more in differences),
        people_who_lose=sum(more < 0 for more in differences),
        wishes_gained=sum(more for more in differences if more > 0) / HALVES,
        wishes_lost=-sum(more for more in differences if more < 0) / HALVES,
        estimated_who_gain=sum(more > 0 for more in crowd),
        estimated_who_lose=sum(more < 0 for more in crowd),
    )


def holding(instance: Instance, placements: Mapping[str, Cell]) -> Board:
    """The part of a plan that breaks no rule: a session whose host has gone gives nobody anything."""
    troubled = {topic for rule in broken(instance, placements) for topic in rule.topics}
    return Board(instance, {topic: cell for topic, cell in placements.items() if topic not in troubled})
