"""A change of a plan on paper: who would gain, who would lose, and what the objective would change by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from offenraum.planner.board import Board
from offenraum.planner.canonical import Json
from offenraum.planner.instance import NOWHERE
from offenraum.planner.objective import UNIT
from offenraum.planner.prices import Ledger
from offenraum.planner.seating import seat

Where = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Effect:
    """People who gain and lose, and in units of `objective.UNIT` the whole change and the part of those who gain.

    The estimated are those among them who belong to the crowd of a forecast.
    """

    gain: int
    lose: int
    change: int
    rise: int
    estimated_gain: int
    estimated_lose: int

    def document(self) -> dict[str, Json]:
        """Counts of people, and the change in units of the objective."""
        return {
            "gain": self.gain, "lose": self.lose, "gain_estimated": self.estimated_gain,
            "lose_estimated": self.estimated_lose, "change": round(self.change / UNIT, 6),
        }


def weigh(ledger: Ledger, moves: Mapping[int, Where]) -> Effect | None:
    """What it does to put these topics there (NOWHERE: out), whatever rules say; None when two would share a cell."""
    board = ledger.board
    homes = {t: board.where[t] for t in moves}
    slots = _slots(board, homes) | _slots(board, moves)
    _move(board, homes, {})
    effect = None
    if _lay(board, moves):
        effect = _effect(ledger, _differences(ledger, slots))
    _move(board, {t: board.where[t] for t in moves}, homes)
    return effect


@contextmanager
def lifted(ledger: Ledger, t: int) -> Iterator[None]:
    """The plan without one topic, its people seated again; afterwards it is back."""
    home = ledger.board.where[t]
    ledger.lift(t)
    try:
        yield
    finally:
        if home != NOWHERE:
            ledger.board.put(t, home)
            for s in ledger.board.span(t, home[0]):
                ledger.settle(s)


def _slots(board: Board, moves: Mapping[int, Where]) -> set[int]:
    return {s for t, cell in moves.items() if cell != NOWHERE for s in board.span(t, cell[0]) if s >= 0}


def _move(board: Board, taken: Mapping[int, Where], put: Mapping[int, Where]) -> None:
    for t, cell in taken.items():
        if cell != NOWHERE:
            board.take(t)
    for t, cell in put.items():
        if cell != NOWHERE:
            board.put(t, cell)


def _lay(board: Board, moves: Mapping[int, Where]) -> bool:
    """Put the topics one by one; whether each found its cell free."""
    for t, cell in moves.items():
        if cell == NOWHERE:
            continue
        if -1 in board.span(t, cell[0]) or not board.is_free(t, cell):
            return False
        board.put(t, cell)
    return True


def _differences(ledger: Ledger, slots: set[int]) -> dict[int, int]:
    """Person to the half wishes that change when these slots are seated as the board is now."""
    change: dict[int, int] = {}
    for s in sorted(slots):
        for p, (value, _) in ledger.seats[s].items():
            change[p] = change.get(p, 0) - value
        for p, (value, _) in seat(ledger.instance, ledger.board.sessions(s)).items():
            change[p] = change.get(p, 0) + value
    return {p: more for p, more in change.items() if more}


def _effect(ledger: Ledger, differences: Mapping[int, int]) -> Effect:
    worths, got = ledger.worths, ledger.got
    worth = {p: worths[p][got[p] + more] - worths[p][got[p]] for p, more in differences.items()}
    return Effect(
        gain=sum(more > 0 for more in differences.values()),
        lose=sum(more < 0 for more in differences.values()),
        change=sum(worth.values()),
        rise=sum(worth[p] for p, more in differences.items() if more > 0),
        estimated_gain=sum(more > 0 for p, more in differences.items() if p >= ledger.named_count),
        estimated_lose=sum(more < 0 for p, more in differences.items() if p >= ledger.named_count),
    )
