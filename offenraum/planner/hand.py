"""What a move by hand costs before it is made: every cell that a card can be dropped on, and the way out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from offenraum.planner.instance import NOWHERE, index
from offenraum.planner.objective import UNIT, Objective
from offenraum.planner.prices import Ledger
from offenraum.planner.problem import Cell, Problem
from offenraum.planner.weighing import Effect, Where, weigh


@dataclass(frozen=True, slots=True)
class HandPrice:
    """Dropping a card on a cell: people who gain and lose against the plan as it is; `cell` None takes it out.

    `swaps_with` is the topic that goes where the card was. `change` is in units of the objective.
    """

    cell: Cell | None
    gain: int
    lose: int
    change: float
    swaps_with: str | None = None


def hand_prices(
    problem: Problem, placements: Mapping[str, Cell], topic: str, *, objective: Objective = "sqrt"
) -> list[HandPrice]:
    """The price of every move that a hand can make with a topic, by slot and room; rules are not asked.

    Free cells, and for a placed topic also taken ones (both change places) and the way out. A cell on which two
    sessions would lie is left out. The prices are exact: the difference of two whole evaluations.
    """
    ledger = Ledger(index(problem), placements, objective)
    t = ledger.instance.topic_ids.index(topic)
    slots = range(ledger.instance.first_open, len(ledger.instance.slot_ids))
    cells = ((s, r) for s in slots for r in range(len(ledger.instance.room_ids)))
    found = [price for cell in cells if (price := _price(ledger, t, cell))]
    out = weigh(ledger, {t: NOWHERE}) if ledger.board.where[t] != NOWHERE else None
    return [*found, HandPrice(None, out.gain, out.lose, out.change / UNIT)] if out else found


def _price(ledger: Ledger, t: int, cell: Where) -> HandPrice | None:
    board, instance = ledger.board, ledger.instance
    home, other = board.where[t], board.rooms_of[cell[0]].get(cell[1])
    if cell == home:
        return None
    if other is None or other == t:
        return _named(ledger, cell, weigh(ledger, {t: cell}))
    if home == NOWHERE:
        return None
    return _named(ledger, cell, weigh(ledger, {t: board.where[other], other: home}), instance.topic_ids[other])


def _named(ledger: Ledger, cell: Where, effect: Effect | None, other: str | None = None) -> HandPrice | None:
    if effect is None:
        return None
    there = Cell(ledger.instance.slot_ids[cell[0]], ledger.instance.room_ids[cell[1]])
    return HandPrice(there, effect.gain, effect.lose, effect.change / UNIT, other)
