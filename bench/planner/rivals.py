"""How others make a programme: at random, by votes, slot after slot. Hard rules are kept for all of them."""

from __future__ import annotations

import random

from offenraum.planner.board import Board
from offenraum.planner.instance import Instance
from offenraum.planner.objective import Objective, worth_tables


def at_random(instance: Instance, seed: int) -> Board:
    """Topics in any order into any cell that the rules leave."""
    chance, board = random.Random(seed), Board(instance)
    for t in chance.sample(range(len(instance.topic_ids)), len(instance.topic_ids)):
        cells = [cell for cell in instance.fits[t] if board.allows(t, cell)]
        if cells:
            board.put(t, chance.choice(cells))
    return board


def by_votes(instance: Instance) -> Board:
    """The most wanted first, into the slot with fewest sessions and there the largest room."""
    board = Board(instance)
    for t in most_wanted(instance):
        cells = [cell for cell in instance.fits[t] if board.allows(t, cell)]
        if cells:
            board.put(t, min(cells, key=lambda cell: (len(board.rooms_of[cell[0]]), cell[0], *_size(instance, cell))))
    return board


def slot_by_slot(instance: Instance) -> Board:
    """Slot after slot is filled with the most wanted that are left, the largest room first."""
    board = Board(instance)
    for s in range(len(instance.slot_ids)):
        for t in most_wanted(instance):
            cells = [cell for cell in instance.fits[t] if cell[0] == s and board.allows(t, cell)]
            if cells and board.where[t][0] < 0:
                board.put(t, min(cells, key=lambda cell: _size(instance, cell)))
    return board


def one_by_one(instance: Instance, objective: Objective) -> Board:
    """The plain start: once through the topics, the most wanted first, each into the slot where it then adds most."""
    plain = _OneByOne(instance, objective)
    for t in most_wanted(instance):
        plain.place(t)
    return plain.board


class _OneByOne:
    """What everybody has in each slot; places are for the first who come."""

    def __init__(self, instance: Instance, objective: Objective) -> None:
        people = len(instance.ideals)
        self.instance, self.board, self.worths = instance, Board(instance), worth_tables(objective, instance.ideals)
        self.held, self.total = [[0] * people for _ in instance.slot_ids], [0] * people

    def place(self, t: int) -> None:
        """Put a topic where it adds most, there into the tightest room that holds those who come."""
        cells = [cell for cell in self.instance.fits[t] if self.board.allows(t, cell)]
        places = self.instance.places
        largest = {s: max(places[r] for slot, r in cells if slot == s) for s in sorted({s for s, _ in cells})}
        if not largest:
            return
        best = max(largest, key=lambda s: self._gain(t, s, largest[s]))
        coming = {span: self._coming(t, span, largest[best]) for span in self.board.span(t, best)}
        need = max(len(people) for people in coming.values())
        rooms = [r for s, r in cells if s == best]
        self.board.put(t, (best, min(rooms, key=lambda r: (places[r] < need, abs(places[r] - need)))))
        for span, people in coming.items():
            for p, more in people:
                self.held[span][p] += more
                self.total[p] += more

    def _coming(self, t: int, s: int, places: int) -> list[tuple[int, int]]:
        held = self.held[s]
        wishes = ((p, value) for value, people in self.instance.wishers[t] for p in people)
        return [(p, value - held[p]) for p, value in wishes if value > held[p]][:places]

    def _gain(self, t: int, s: int, places: int) -> int:
        coming = [one for span in self.board.span(t, s) for one in self._coming(t, span, places)]
        return sum(self._worth(p, self.total[p] + more) - self._worth(p, self.total[p]) for p, more in coming)

    def _worth(self, p: int, wishes: int) -> int:
        return self.worths[p][min(wishes, self.instance.ideals[p])]


def most_wanted(instance: Instance) -> list[int]:
    """The topics by number of people who want them."""
    return sorted(range(len(instance.topic_ids)), key=lambda t: (-votes(instance, t), t))


def votes(instance: Instance, t: int) -> int:
    """How many people want a topic."""
    return sum(len(people) for _, people in instance.wishers[t])


def _size(instance: Instance, cell: tuple[int, int]) -> tuple[int, int]:
    return -instance.places[cell[1]], cell[1]
