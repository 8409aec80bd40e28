"""How others make a programme: at random, by votes, slot after slot. Hard rules are kept for all of them."""

from __future__ import annotations

import random

from offenraum.planner.board import Board
from offenraum.planner.instance import Instance


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


def most_wanted(instance: Instance) -> list[int]:
    """The topics by number of people who want them."""
    return sorted(range(len(instance.topic_ids)), key=lambda t: (-votes(instance, t), t))


def votes(instance: Instance, t: int) -> int:
    """How many people want a topic."""
    return sum(len(people) for _, people in instance.wishers[t])


def _size(instance: Instance, cell: tuple[int, int]) -> tuple[int, int]:
    return -instance.places[cell[1]], cell[1]
