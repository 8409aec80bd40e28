"""What the search changes: one plan, everybody's share of it, and room to try a move in."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from offenraum.planner.board import Board
from offenraum.planner.instance import NOWHERE
from offenraum.planner.tables import BEGUN, FITS, FITS_END, MUST, Longs, Numbers, People, Tables

Shorts = npt.NDArray[np.int16]
Words = npt.NDArray[np.uint64]

# Each of up to seven topics leaves and enters at most two slots.
MOST_MOVED = 28
MOST_TOUCHED = 28
LOG_STEPS = 4096
LOG_BITS = 16

# Columns of `where`; rows of `cell`, `seat`, `person`, `here` and `move`; places in `numbers`.
SLOT, ROOM, BEST_SLOT, BEST_ROOM = range(4)
TOPIC, LEFT, PRICE = range(3)
GOT, AT, SECOND = range(3)
TOTAL, CHANGE, SUM = range(3)
SESSION, SESSION_ROOM, FREE, SLACK, ORDER = range(5)
MOVED, FROM_SLOT, FROM_ROOM, TO_SLOT, TO_ROOM, CHANGED = range(6)
VALUE, BEST, TRIED, TAKEN, WORTH, BEST_WORTH, STIR = range(7)


class State(NamedTuple):
    """One plan and one move, by the rows above.

    `where` is by topic. `cell` (slot x room): the topic, free places, and what one more place would be worth. `seat`
    (slot x person): half wishes, the room (-1 none, -2 - r for the host in room r), and what the next best session with
    a free place would give. Behind the slots both have MOST_MOVED more rows: the slots of a move that is only tried.
    `person`: half wishes of all slots, and their change by the move. `here` are the sessions of the slot being seated.
    `move`: topics, where they come from and go to (slot -1: out of the plan), and the slots that this changes.
    `numbers`: what people get is WORTH; VALUE takes off what moves cost and adds a grain for every session; STIR is
    what the gains and losses of the last estimate are worth together.
    """

    where: Longs
    cell: Longs
    seat: Shorts
    person: People
    touched: Numbers
    here: Longs
    move: Longs
    movable: Longs
    numbers: Longs
    dice: Words
    losses: Longs


def new_state(tables: Tables, board: Board, seed: int) -> State:
    """The arrays of a plan, before anybody is seated."""
    topics, slots, rooms = len(tables.topic), len(board.instance.slot_ids), len(board.instance.room_ids)
    people = len(tables.worth_from)
    state = State(
        where=np.full((topics, 4), -1, np.int64),
        cell=np.full((3, slots + MOST_MOVED, rooms + 1), -1, np.int64),
        seat=np.zeros((3, slots + MOST_MOVED, people), np.int16),
        person=np.zeros((3, people), np.int32),
        touched=np.zeros(MOST_TOUCHED * (people + topics), np.uint32),
        here=np.zeros((5, rooms), np.int64),
        move=np.zeros((6, MOST_MOVED), np.int64),
        movable=np.array([t for t in range(topics) if _can_move(tables, t)], np.int64),
        numbers=np.zeros(7, np.int64),
        dice=np.array([_scramble(seed)], np.uint64),
        losses=np.array([round(-math.log((n + 0.5) / LOG_STEPS) * 2**LOG_BITS) for n in range(LOG_STEPS)], np.int64),
    )
    _put_board(state, board)
    return state


def _can_move(tables: Tables, t: int) -> bool:
    """Whether the search has any choice with a topic."""
    choices = int(tables.topic[t, FITS_END] - tables.topic[t, FITS])
    return not tables.topic[t, BEGUN] and choices > int(tables.topic[t, MUST])


def _put_board(state: State, board: Board) -> None:
    for t, cell in enumerate(board.where):
        if cell != NOWHERE:
            state.where[t, :2] = cell
            for s in board.span(t, cell[0]):
                state.cell[TOPIC, s, cell[1]] = t


def _scramble(seed: int) -> int:
    """A starting point of the dice that is never zero (splitmix64)."""
    mask = 2**64 - 1
    mixed = (seed + 0x9E3779B97F4A7C15) & mask
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & mask
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & mask
    return (mixed ^ (mixed >> 31)) or 1
