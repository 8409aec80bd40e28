"""What one change by hand costs: who gains and who loses when a topic is put on a cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from offenraum.planner.board import Board
from offenraum.planner.instance import NOWHERE, Instance, index
from offenraum.planner.objective import UNIT, Objective, worth_tables
from offenraum.planner.problem import Cell, Problem
from offenraum.planner.rules import Broken, cell_rules
from offenraum.planner.seating import Seats, seat


@dataclass(frozen=True, slots=True)
class Price:
    """Putting a topic there: people who gain and who lose, the change of the objective, and what else it means.

    `instead_of` would have to leave the plan, `swaps_with` would go where the topic is now. The estimated are those
    among them who belong to the crowd of a forecast.
    """

    slot: str
    room: str
    gain: int
    lose: int
    change: float
    instead_of: tuple[str, ...] = ()
    swaps_with: tuple[str, ...] = ()
    estimated_gain: int = 0
    estimated_lose: int = 0


@dataclass(frozen=True, slots=True)
class CellAdvice:
    """A free cell for a topic: `interested` would like to come then, `expected` find a seat among the `places`."""

    slot: str
    room: str
    interested: int
    expected: int
    places: int
    gain: int
    lose: int
    change: float
    conflicts: tuple[Broken, ...] = ()


def insertion_prices(
    problem: Problem, placements: Mapping[str, Cell], topic: str, *, objective: Objective = "sqrt"
) -> list[Price]:
    """The cells that rules leave to the topic, best first: who would leave, or go where the topic is now."""
    ledger = Ledger(index(problem), placements, objective)
    t = ledger.instance.topic_ids.index(topic)
    prices = [price for cell in ledger.instance.fits[t] if (price := ledger.price(t, cell))]
    return sorted(prices, key=lambda price: (-price.change, price.lose, len(price.instead_of)))


def cell_advice(
    problem: Problem, placements: Mapping[str, Cell], topic: str, *, objective: Objective = "sqrt"
) -> list[CellAdvice]:
    """The free cells for a topic, wherever it is now: without conflict first, by what they add, then the tightest."""
    ledger = Ledger(index(problem), placements, objective)
    t = ledger.instance.topic_ids.index(topic)
    ledger.lift(t)
    advice = [ledger.advise(t, cell) for cell in _free_cells(ledger.board, t)]
    return sorted(advice, key=lambda one: (len(one.conflicts), -one.change, one.places, one.slot, one.room))


def _free_cells(board: Board, t: int) -> list[tuple[int, int]]:
    """Cells where the topic would lie beside no other; a double session needs a following slot."""
    instance = board.instance
    slots = [s for s in range(instance.first_open, len(instance.slot_ids)) if -1 not in board.span(t, s)]
    cells = ((s, r) for s in slots for r in range(len(instance.room_ids)))
    return [cell for cell in cells if board.is_free(t, cell)]


class Ledger:
    """A plan with everybody's seats, so that one change costs no more than seating its slots again."""

    def __init__(self, instance: Instance, placements: Mapping[str, Cell], objective: Objective) -> None:
        self.instance = instance
        self.objective: Objective = objective
        self.named_count = instance.named_count
        self.board = Board(instance, placements)
        self.worths = worth_tables(objective, instance.ideals)
        self.got = [0] * len(instance.ideals)
        self.seats: list[Seats] = [{} for _ in instance.slot_ids]
        for s in range(len(instance.slot_ids)):
            self.settle(s)

    def lift(self, t: int) -> None:
        """Take a topic out, if it is in, and seat its people again."""
        if self.board.where[t] == NOWHERE:
            return
        span = self.board.span(t, self.board.where[t][0])
        self.board.take(t)
        for s in span:
            self.settle(s)

    def price(self, t: int, cell: tuple[int, int]) -> Price | None:
        """Put the topic there, whoever is there now; None when a rule, a pin or the past forbids it."""
        others = self._occupants(t, cell)
        if cell == self.board.where[t] or any(self._stays(other) for other in others):
            return None
        before = {topic: self.board.where[topic] for topic in (t, *others)}
        slots = {s for topic, place in before.items() if place != NOWHERE for s in self.board.span(topic, place[0])}
        self._replace(before, {})
        price = None
        if self.board.allows(t, cell):
            self.board.put(t, cell)
            swapped = self._swap_back(others, before[t])
            price = self._compare(cell, others, swapped, slots | set(self.board.span(t, cell[0])))
            self._replace({t: cell} | dict.fromkeys(swapped, before[t]), {})
        self._replace({}, before)
        return price

    def may_enter(self, t: int, cell: tuple[int, int]) -> bool:
        """Whether rules, pins and the past let a topic go there when whoever is there now leaves."""
        others = self._occupants(t, cell)
        if any(self._stays(other) for other in others):
            return False
        before = {topic: self.board.where[topic] for topic in (t, *others)}
        self._replace(before, {})
        is_allowed = self.board.allows(t, cell)
        self._replace({}, before)
        return is_allowed

    def _swap_back(self, others: list[int], home: tuple[int, int]) -> list[int]:
        """One topic that has to go takes the place that becomes free, if rules let it."""
        if home == NOWHERE or len(others) != 1:
            return []
        other = others[0]
        if home not in self.instance.fits[other] or not self.board.allows(other, home):
            return []
        self.board.put(other, home)
        return others

    def _replace(self, taken: Mapping[int, tuple[int, int]], put: Mapping[int, tuple[int, int]]) -> None:
        for topic, place in taken.items():
            if place != NOWHERE:
                self.board.take(topic)
        for topic, place in put.items():
            if place != NOWHERE:
                self.board.put(topic, place)

    def advise(self, t: int, cell: tuple[int, int]) -> CellAdvice:
        """Look at a topic that is not placed on a free cell."""
        instance, (s, r) = self.instance, cell
        conflicts = tuple(cell_rules(instance, self.board, t, cell))
        self.board.put(t, cell)
        span = self.board.span(t, s)
        price = self._compare(cell, [], [], set(span))
        expected = self._audience(t, s, endless=False)
        interested = self._audience(t, s, endless=True)
        self.board.take(t)
        return CellAdvice(
            price.slot,
            price.room,
            interested,
            expected,
            instance.places[r],
            price.gain,
            price.lose,
            price.change,
            conflicts,
        )

    def _audience(self, t: int, s: int, *, endless: bool) -> int:
        seats = seat(self.instance, self.board.sessions(s), endless=endless)
        return sum(topic == t for _, topic in seats.values())

    def _occupants(self, t: int, cell: tuple[int, int]) -> list[int]:
        rooms = [self.board.rooms_of[s] for s in self.board.span(t, cell[0])]
        return sorted({room[cell[1]] for room in rooms if cell[1] in room} - {t})

    def _stays(self, t: int) -> bool:
        return self.instance.fixed[t] != NOWHERE or self.instance.problem.topics[t].pin is not None

    def _compare(self, cell: tuple[int, int], others: list[int], swapped: list[int], slots: set[int]) -> Price:
        """Seat the changed slots again, on paper only."""
        change = dict.fromkeys((p for s in slots for p in self.seats[s]), 0)
        for s in sorted(slots):
            for p, (value, _) in self.seats[s].items():
                change[p] -= value
            for p, (value, _) in seat(self.instance, self.board.sessions(s)).items():
                change[p] = change.get(p, 0) + value
        worth = sum(
            self.worths[p][self.got[p] + more] - self.worths[p][self.got[p]] for p, more in change.items() if more
        )
        return Price(
            slot=self.instance.slot_ids[cell[0]],
            room=self.instance.room_ids[cell[1]],
            gain=sum(more > 0 for more in change.values()),
            lose=sum(more < 0 for more in change.values()),
            change=worth / UNIT,
            instead_of=tuple(self.instance.topic_ids[other] for other in others if other not in swapped),
            swaps_with=tuple(self.instance.topic_ids[other] for other in swapped),
            estimated_gain=sum(more > 0 for p, more in change.items() if p >= self.named_count),
            estimated_lose=sum(more < 0 for p, more in change.items() if p >= self.named_count),
        )

    def settle(self, s: int) -> None:
        """Seat the people of a slot again."""
        for p, (value, _) in self.seats[s].items():
            self.got[p] -= value
        self.seats[s] = seat(self.instance, self.board.sessions(s))
        for p, (value, _) in self.seats[s].items():
            self.got[p] += value
