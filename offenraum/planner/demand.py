"""Who would rather be in a topic than where they sit, and which cells are therefore worth a whole evaluation."""

from __future__ import annotations

from collections.abc import Iterable

from offenraum.planner.instance import NOWHERE
from offenraum.planner.prices import Ledger
from offenraum.planner.weighing import Where, lifted, weigh

# So many cells of a topic are evaluated as a whole: those that promise most.
MOST_TRIED = 8


def would_win(ledger: Ledger, t: int, s: int) -> dict[int, int]:
    """Person to half wishes, of those who want the topic more than what they have a seat in; hosts are not free."""
    instance, span = ledger.instance, ledger.board.span(t, s)
    leading = {p for half in span for other, _ in ledger.board.sessions(half) for p, _ in instance.hosting[other]}
    leading |= {p for p, _ in instance.hosting[t]}
    seats = [ledger.seats[half] for half in span]
    won: dict[int, int] = {}
    for value, people in instance.wishers[t]:
        for p in people:
            more = sum(max(0, value - seat[p][0]) if p in seat else value for seat in seats)
            if more and p not in leading:
                won[p] = more
    return won


def worth_of(ledger: Ledger, won: dict[int, int]) -> int:
    """What these half wishes are worth to these people, in units of `objective.UNIT`."""
    worths, got = ledger.worths, ledger.got
    return sum(worths[p][got[p] + more] - worths[p][got[p]] for p, more in won.items())


class Promise:
    """What a topic on a cell promises: what its people would win, less what the session that has to go gives now."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.losses: dict[int, int] = {}

    def best(self, t: int, cells: Iterable[Where], most: int = MOST_TRIED) -> list[Where]:
        """The cells that promise most; with few cells all of them."""
        listed = list(cells)
        if len(listed) <= most:
            return listed
        with lifted(self.ledger, t):
            wins = {s: worth_of(self.ledger, would_win(self.ledger, t, s)) for s in {s for s, _ in listed}}
        return sorted(listed, key=lambda cell: (-wins[cell[0]] - self._loss(t, cell), cell))[:most]

    def _loss(self, t: int, cell: Where) -> int:
        board = self.ledger.board
        there = {board.rooms_of[s].get(cell[1]) for s in board.span(t, cell[0])}
        return sum(self._leaving(other) for other in there if other is not None and other != t)

    def _leaving(self, other: int) -> int:
        """What it changes to take a session out."""
        if other not in self.losses:
            effect = weigh(self.ledger, {other: NOWHERE})
            self.losses[other] = effect.change if effect else 0
        return self.losses[other]
