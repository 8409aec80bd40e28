"""The fewest moves after something failed, by hand's rules: time is kept before room, nothing else moves in time.

It answers at once and needs no planner. It looks for one session after the other, the largest first: a free room at
the same time, else a room that another session can leave for a free one at the same time, else another time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from offenraum.programme.rules import ConflictKind, Place, Placed, Surroundings, host_clashes, own_conflicts

TIME_COSTS_PEOPLE: Final = 5
"""A session keeps its time unless the other one saves more people than this from losing something."""

Wishes = Sequence[Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class Board:
    """A plan in which some sessions may move: what is in it, what it is judged by, and the slots that are open."""

    sessions: tuple[Placed, ...]
    around: Surroundings
    open_slots: tuple[int, ...]
    follows: Mapping[int, int]
    pinned: frozenset[int]
    wishes: Wishes


@dataclass(frozen=True, slots=True)
class Way:
    """One way to give a session a place: the sessions that move, and what it costs."""

    moves: tuple[Placed, ...]
    people: int
    is_other_time: bool
    spare: int

    @property
    def order(self) -> tuple[int, int, int, int, tuple[int, ...]]:
        costs = self.people + (TIME_COSTS_PEOPLE if self.is_other_time else 0)
        return costs, len(self.moves), int(self.is_other_time), self.spare, (*self.moves[0].slots, self.moves[0].room)


def relocated(board: Board, displaced: Iterable[int]) -> dict[int, Place | None]:
    """Topic id to its new place for all that must move or do; None: no place is left, the parking lot."""
    waiting = set(displaced)
    placed = {one.topic: one for one in board.sessions if one.topic not in waiting}
    found: dict[int, Place | None] = {}
    lost = sorted((one for one in board.sessions if one.topic in waiting), key=lambda one: (-one.expected, one.topic))
    for one in lost:
        way = best_way(replace(board, sessions=tuple(placed.values())), one)
        found[one.topic] = None
        for moved in way.moves if way else ():
            placed[moved.topic] = moved
            found[moved.topic] = Place(moved.slots[0], moved.room)
    return found


def best_way(board: Board, one: Placed) -> Way | None:
    """The cheapest way for one session that is not on the board; None when no rule-abiding place is left."""
    ways = [*direct_ways(board, one), *chains(board, one)]
    return min(ways, key=lambda way: way.order, default=None)


def direct_ways(board: Board, one: Placed) -> Iterator[Way]:
    """Every free cell that breaks no rule."""
    for first in board.open_slots:
        slots = span(board, first, one.length)
        for room in board.around.rooms if slots else ():
            there = replace(one, slots=slots, room=room)
            if is_free(board, there) and is_allowed(board, there):
                yield way_of(board, one, (there,))


def chains(board: Board, one: Placed) -> Iterator[Way]:
    """At the same time: another session goes to a free room and leaves its own."""
    if not set(one.slots) <= set(board.open_slots):
        return
    for other in board.sessions:
        if other.slots != one.slots or other.topic in board.pinned:
            continue
        rest = replace(board, sessions=tuple(each for each in board.sessions if each.topic != other.topic))
        here = replace(one, room=other.room)
        for room in board.around.rooms:
            aside = replace(other, room=room)
            if room != other.room and is_free(board, aside) and is_allowed(rest, aside) and is_allowed(rest, here):
                yield way_of(rest, one, (here, aside), other)


def way_of(board: Board, one: Placed, moves: tuple[Placed, ...], *others: Placed) -> Way:
    is_other_time = moves[0].slots != one.slots
    before = sum(over(each, board.around) for each in others)
    people = sum(over(each, board.around) for each in moves) - before
    torn = torn_by(board, moves[0]) - torn_by(board, one) if is_other_time else 0
    spare = board.around.rooms[moves[0].room].places - moves[0].expected
    return Way(moves=moves, people=max(0, people) + max(0, torn), is_other_time=is_other_time, spare=max(0, spare))


def span(board: Board, first: int, length: int) -> tuple[int, ...]:
    """The slots that a session takes from this one on; none when the grid has no following one."""
    if length == 1:
        return (first,)
    return (first, board.follows[first]) if first in board.follows else ()


def is_free(board: Board, one: Placed) -> bool:
    return not any(each.room == one.room and set(each.slots) & set(one.slots) for each in board.sessions)


def is_allowed(board: Board, one: Placed) -> bool:
    """No hard rule breaks; a room that is too small only costs people."""
    own = [conflict for conflict in own_conflicts(one, board.around) if conflict.kind is not ConflictKind.ROOM_SMALL]
    return not own and not host_clashes(one, board.sessions)


def over(one: Placed, around: Surroundings) -> int:
    """How many of those who will come find no seat."""
    return max(0, one.expected - around.rooms[one.room].places)


def torn_by(board: Board, one: Placed) -> int:
    """How many people want this session and another one at its time at least as much."""
    beside = {each.topic for each in board.sessions if each.topic != one.topic and set(each.slots) & set(one.slots)}
    return sum(
        1 for wished in board.wishes
        if one.topic in wished and any(wished.get(topic, 0) >= wished[one.topic] for topic in beside)
    )


@dataclass(frozen=True, slots=True)
class Effect:
    """How many people get more, and how many less, of what they wished for."""

    gain: int
    lose: int


def effect_of(wishes: Wishes, before: Iterable[Iterable[int]], after: Iterable[Iterable[int]]) -> Effect:
    """Compare two plans, each as the topics of every slot; a person sits in one session of a slot."""
    old, new = [set(topics) for topics in before], [set(topics) for topics in after]
    differences = [got(wished, new) - got(wished, old) for wished in wishes]
    return Effect(gain=sum(more > 0 for more in differences), lose=sum(more < 0 for more in differences))


def got(wished: Mapping[int, int], slots: Iterable[set[int]]) -> int:
    """What a plan gives one person: of each slot the session wished for most."""
    return sum(max((weight for topic, weight in wished.items() if topic in topics), default=0) for topics in slots)


def free_then(topic: int, beside: Iterable[int], wishes: Wishes) -> int:
    """How many people want a topic and nothing that runs at that time."""
    others = set(beside)
    return sum(1 for wished in wishes if wished.get(topic) and not others & wished.keys())
