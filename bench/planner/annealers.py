"""The same annealing with what others raise: pairs that conflict, or sessionizer's sum over people.

They share the planner's moves, so that they keep its hard rules and differ in the objective alone. Neither knows
places; at the end the sessions of each slot get rooms by votes.
"""

from __future__ import annotations

import math
import time
from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt

from bench.planner.rivals import votes
from offenraum.planner.board import Board
from offenraum.planner.instance import Instance
from offenraum.planner.moves import apply, changed_slots, draw, propose, undo
from offenraum.planner.search import Search
from offenraum.planner.state import CHANGED, ROOM, SLOT, TOPIC, State
from offenraum.planner.tables import Tables

Floats = npt.NDArray[np.float64]
CHUNK = 2_000
HOTTEST, COLDEST = 1.0, 0.01


class Aim(NamedTuple):
    """What a rival raises. With `gains` it counts people, else pairs of sessions."""

    alone: Floats
    together: Floats
    wants: Floats
    gains: Floats


@numba.njit(cache=True, _nrt=False)
def slot_worth(state: State, s: int, aim: Aim) -> float:
    """What the sessions of a slot are worth to a rival."""
    return worth_of_pairs(state, s, aim) if aim.gains.shape[0] == 0 else worth_to_people(state, s, aim)


@numba.njit(cache=True, _nrt=False)
def worth_of_pairs(state: State, s: int, aim: Aim) -> float:
    """What each session draws, less what every two share."""
    total = 0.0
    for r in range(state.here.shape[1]):
        t = state.cell[TOPIC, s, r]
        if t >= 0:
            total += aim.alone[t]
            for q in range(r):
                other = state.cell[TOPIC, s, q]
                if other >= 0:
                    total -= aim.together[t, other]
    return total


@numba.njit(cache=True, _nrt=False)
def worth_to_people(state: State, s: int, aim: Aim) -> float:
    """Over people, by how many of their wishes are in the slot."""
    total = 0.0
    for p in range(aim.wants.shape[0]):
        count = 0
        for r in range(state.here.shape[1]):
            t = state.cell[TOPIC, s, r]
            if t >= 0 and aim.wants[p, t] > 0:
                count += 1
        total += aim.alone[p] * aim.gains[count]
    return total


@numba.njit(cache=True, _nrt=False)
def anneal_steps(tables: Tables, state: State, worths: Floats, aim: Aim, heat: float, steps: int) -> float:
    """Try moves; returns how much the plan has gained."""
    gained = 0.0
    for _ in range(steps):
        count = propose(tables, state)
        if count == 0 or not apply(tables, state, count):
            continue
        slots, gain = changed_slots(tables, state, count), 0.0
        for k in range(slots):
            s = state.move[CHANGED, k]
            gain += slot_worth(state, s, aim) - worths[s]
        chance = (draw(state, 1 << 30) + 0.5) / (1 << 30)
        if gain >= heat * math.log(chance):
            gained += gain
            for k in range(slots):
                worths[state.move[CHANGED, k]] = slot_worth(state, state.move[CHANGED, k], aim)
        else:
            undo(tables, state, count)
    return gained


def pairwise(instance: Instance, seed: int, seconds: float) -> Board:
    """Raise what sessions draw less what every two of a slot have in common."""
    wants = _wants(instance)
    together = np.array([np.minimum(wants, wants[:, [t]]).sum(axis=0) for t in range(wants.shape[1])])
    return _anneal(instance, seed, seconds, Aim(wants.sum(axis=0), together, wants[:0], np.zeros(0)))


def sessionizer(instance: Instance, seed: int, seconds: float) -> Board:
    """Raise, per person with N wishes, the sum over slots of 2k / (N(k + 1)) for k wished sessions in the slot."""
    wants = (_wants(instance) > 0).astype(np.float64)
    wishes = wants.sum(axis=1)
    alone = np.divide(1.0, wishes, out=np.zeros_like(wishes), where=wishes > 0)
    gains = np.array([2 * k / (k + 1) for k in range(len(instance.room_ids) + 1)])
    return _anneal(instance, seed, seconds, Aim(alone, np.zeros((1, 1)), wants, gains))


def _wants(instance: Instance) -> Floats:
    wants = np.zeros((len(instance.ideals), len(instance.topic_ids)))
    for t, wishers in enumerate(instance.wishers):
        for value, people in wishers:
            wants[list(people), t] = value
    return wants


def _anneal(instance: Instance, seed: int, seconds: float, aim: Aim) -> Board:
    search = Search(instance, Board(instance), "sum", seed=seed)
    search.fill()
    state, tables, slots = search.state, search.tables, len(instance.slot_ids)
    worths = np.array([slot_worth(state, s, aim) for s in range(slots)])
    scale = float(np.abs(worths).max()) / max(1, len(instance.room_ids)) or 1.0
    begin, value, best = time.process_time(), 0.0, 0.0
    board = _board(search)
    while (share := (time.process_time() - begin) / seconds) < 1:
        heat = scale * 0.3 * HOTTEST * (COLDEST / HOTTEST) ** share
        value += anneal_steps(tables, state, worths, aim, heat, CHUNK)
        if value > best:
            best, board = value, _board(search)
    return rooms_by_votes(board)


def _board(search: Search) -> Board:
    board = Board(search.instance)
    for t, (s, r) in enumerate(search.state.where[:, [SLOT, ROOM]].tolist()):
        if s >= 0:
            board.put(t, (s, r))
    return board


def rooms_by_votes(board: Board) -> Board:
    """In every slot the more wanted session gets the larger room, wherever rules let two sessions exchange theirs."""
    instance = board.instance

    def size(t: int) -> int:
        return instance.places[board.where[t][1]]

    for s in range(len(instance.slot_ids)):
        singles = [t for t in board.rooms_of[s].values() if instance.lengths[t] == 1]
        for t in sorted(singles, key=lambda t: -votes(instance, t)):
            for other in sorted(singles, key=lambda o: -size(o)):
                if size(other) > size(t) and votes(instance, other) < votes(instance, t):
                    _exchange(board, t, other)
    return board


def _exchange(board: Board, t: int, other: int) -> None:
    here, there = board.where[t], board.where[other]
    if there in board.instance.fits[t] and here in board.instance.fits[other]:
        board.take(t)
        board.take(other)
        board.put(t, there)
        board.put(other, here)
