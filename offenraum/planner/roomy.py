"""Where wishes leave the choice, the session that may draw more people gets the larger room."""

from __future__ import annotations

from collections.abc import Mapping

from offenraum.planner.audience import Audience, audiences
from offenraum.planner.board import Board
from offenraum.planner.instance import NOWHERE


def give_room(board: Board, *, keep_running: bool) -> Board:
    """The same plan with rooms exchanged inside slots, none of them at anybody's cost.

    `keep_running` leaves every session of the running plan where it is. Sessions of two slots stay too.
    """
    instance = board.instance
    better, expected = Board(instance, board.placements()), audiences(board)
    for s in range(len(instance.slot_ids)):
        movable = [t for t in better.rooms_of[s].values() if _may_move(better, t, keep_running=keep_running)]
        for t in sorted(movable, key=lambda t: (-expected[t].high, t)):
            _move_to_larger(better, t, s, movable, expected)
    return better


def _may_move(board: Board, t: int, *, keep_running: bool) -> bool:
    instance = board.instance
    is_running = keep_running and instance.current[t] == board.where[t]
    return instance.lengths[t] == 1 and instance.fixed[t] == NOWHERE and not is_running


def _move_to_larger(board: Board, t: int, s: int, movable: list[int], expected: Mapping[int, Audience]) -> None:
    """Take the largest room that is free, or whose session may draw fewer people and still has places for all."""
    instance, (_, home) = board.instance, board.where[t]
    for r in sorted(range(len(instance.places)), key=lambda r: (-instance.places[r], r)):
        if instance.places[r] <= instance.places[home]:
            return
        other = board.rooms_of[s].get(r)
        if (s, r) not in instance.fits[t] or not _is_alike(board, home, r):
            continue
        if other is None:
            board.take(t)
            board.put(t, (s, r))
            return
        if other in movable and expected[other].high < expected[t].high and _has_place(board, other, s, home, expected):
            board.take(t)
            board.take(other)
            board.put(t, (s, r))
            board.put(other, (s, home))
            return


def _has_place(board: Board, t: int, s: int, r: int, expected: Mapping[int, Audience]) -> bool:
    return (s, r) in board.instance.fits[t] and expected[t].interested <= board.instance.places[r]


def _is_alike(board: Board, one: int, other: int) -> bool:
    """Whether both rooms are of use to the same people."""
    return all((one in barred) == (other in barred) for barred in board.instance.useless if barred)
