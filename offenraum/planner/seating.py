"""Who sits where in one slot: hosts in their own session, then the stronger wish before the weaker."""

from __future__ import annotations

from collections.abc import Sequence

from offenraum.planner.instance import Instance

Seats = dict[int, tuple[int, int]]


def seat(instance: Instance, sessions: Sequence[tuple[int, int]], *, endless: bool = False) -> Seats:
    """Seat people in the (topic, room) pairs of one slot: person -> (half wishes that the seat gives, topic).

    Wishes are served by strength. Among equals the session with most places to spare is filled first, so that who has a
    choice leaves the tight room to who has none. For the same reason who wishes for few topics comes first inside a
    session; then the lot decides. `endless` forgets the places.
    """
    seats: Seats = {}
    free = {t: len(instance.ideals) if endless else instance.places[r] for t, r in sessions}
    for t, _ in sessions:
        for p, value in instance.hosting[t]:
            seats[p] = (value, t)
            free[t] -= 1
    for value in sorted({value for t, _ in sessions for value, _ in instance.wishers[t]}, reverse=True):
        queues = {t: _queue(instance, t, r, value, seats) for t, r in sessions}
        for t in sorted(queues, key=lambda t: (len(queues[t]) - free[t], t)):
            _fill(t, value, queues[t], seats, free)
    return seats


def _queue(instance: Instance, t: int, r: int, value: int, seats: Seats) -> list[int]:
    """The people without a seat who wish for the topic that much and can use the room."""
    people = next((people for own, people in instance.wishers[t] if own == value), ())
    return [p for p in people if p not in seats and r not in instance.useless[p]]


def _fill(t: int, value: int, queue: list[int], seats: Seats, free: dict[int, int]) -> None:
    for p in queue:
        if free[t] <= 0:
            return
        if p not in seats:
            seats[p] = (value, t)
            free[t] -= 1
