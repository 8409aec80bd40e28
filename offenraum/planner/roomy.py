"""Where wishes leave the choice, the session that may draw more people gets the larger room."""

from __future__ import annotations

from collections.abc import Mapping

from offenraum.planner.audience import Audience, audiences
from offenraum.planner.board import Board
from offenraum.planner.instance import NOWHERE
from offenraum.planner.seating import Seats, seat


def give_room(board: Board, *, keep_running: bool) -> Board:
    """The same plan with rooms exchanged inside slots, none of them at anybody's cost.

    `keep_running` leaves every session of the running plan where it is. Sessions of two slots stay too.
    """
    instance = board.instance
    better, expected = Board(instance, board.placements()), audiences(board)
    for s in range(len(instance.slot_ids)):
        movable = [t for t in better.rooms_of[s].values() if _may_move(better, t, keep_running=keep_running)]
        seats = seat(instance, better.sessions(s))
        for t in sorted(movable, key=lambda t: (-expected[t].high, t)):
            seats = _move_to_larger(better, t, s, movable, expected, seats)
    return better


def _may_move(board: Board, t: int, *, keep_running: bool) -> bool:
    instance = board.instance
    is_running = keep_running and instance.current[t] == board.where[t]
    return instance.lengths[t] == 1 and instance.fixed[t] == NOWHERE and not is_running


def _move_to_larger(
    board: Board, t: int, s: int, movable: list[int], expected: Mapping[int, Audience], seats: Seats
) -> Seats:
    """Take the largest room that is free, or whose session may draw fewer people; returns who then sits where.

    Nobody may lose by it: who finds no seat elsewhere comes as well.
    """
    instance, (_, home) = board.instance, board.where[t]
    for r in sorted(range(len(instance.places)), key=lambda r: (-instance.places[r], r)):
        if instance.places[r] <= instance.places[home]:
            return seats
        other = board.rooms_of[s].get(r)
        if (s, r) not in instance.fits[t] or not _is_alike(board, home, r):
            continue
        gives_way = other in movable and expected[other].high < expected[t].high
        if other is None or (gives_way and _has_place(board, other, s, home, expected)):
            _swap(board, s, home, r)
            after = seat(instance, board.sessions(s))
            if all(after.get(p, (0, t))[0] >= got for p, (got, _) in seats.items()):
                return after
            _swap(board, s, home, r)
    return seats


def _swap(board: Board, s: int, one: int, other: int) -> None:
    first, second = board.rooms_of[s].get(one), board.rooms_of[s].get(other)
    for t in (first, second):
        if t is not None:
            board.take(t)
    if first is not None:
        board.put(first, (s, other))
    if second is not None:
        board.put(second, (s, one))


def _has_place(board: Board, t: int, s: int, r: int, expected: Mapping[int, Audience]) -> bool:
    return (s, r) in board.instance.fits[t] and expected[t].interested <= board.instance.places[r]


def _is_alike(board: Board, one: int, other: int) -> bool:
    """Whether both rooms are of use to the same people."""
    return all((one in barred) == (other in barred) for barred in board.instance.useless if barred)
