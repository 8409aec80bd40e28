"""An instance as a few numpy arrays, the form that compiled code reads. Few, because each costs compile time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from offenraum.planner.instance import NOWHERE, Instance
from offenraum.planner.objective import UNIT, Objective, worths
from offenraum.planner.problem import Topic

People = npt.NDArray[np.int32]
# Numbers of people: without a sign, as `compiled.between` says.
Numbers = npt.NDArray[np.uint32]
Longs = npt.NDArray[np.int64]
Flags = npt.NDArray[np.uint8]

# What one slot of a session can give in half wishes: weights 3, 2, 1 doubled, or once for a double session.
LEVELS = (6, 4, 3, 2, 1)
ROOM_ONLY = 0.3

# Columns of `topic`. HOSTS and FITS begin and end in `pair`; the wishers of level k begin at WISHES + k in `wisher`.
LENGTH, BEGUN, MUST, CLASHES, CURRENT_SLOT, CURRENT_ROOM, ROOM_RANK = range(7)
HOSTS, HOSTS_END, FITS, FITS_END, WISHES = range(7, 12)
WISHES_END = WISHES + len(LEVELS)
# Rows of `size`: places of rooms, the slot that follows each slot, how often a slot has each resource, the rooms by
# places, and where in that order each room is. ROOM_RANK of a topic is where in it a room that suits its wishers is.
PLACES, NEXT, PER_SLOT, BY_PLACES, RANK = range(5)
# A room suits a topic when it holds so many percent of those who wish for it.
SUITS_PERCENT = 60


class Tables(NamedTuple):
    """Read-only arrays: see the names of columns and rows above.

    `pair` are (person, half wishes) of hosts and (slot, room) of cells that fit. `fits` is by topic and slot * rooms +
    room, `clash` by topic and topic, `uses` by topic and resource, `useless` by person and room. `worth` are the tables
    of `objective.worths` end to end; worth_from says where that of a person begins.
    """

    topic: Longs
    pair: Longs
    wisher: Numbers
    size: Longs
    fits: Flags
    clash: Flags
    uses: Flags
    useless: Flags
    worth: Longs
    worth_from: Longs
    needs_matter: bool
    cost_time: int
    cost_room: int


def tables(instance: Instance, objective: Objective, *, moves_cost: float = 0.0) -> Tables:
    """The arrays of an instance; `moves_cost` is the price of moving a running session in time, in objective units."""
    topics, rooms = len(instance.topic_ids), len(instance.room_ids)
    hosts_from, hosts = _flat(instance.hosting)
    fits_from, cells = _flat(instance.fits)
    wishes_from, wisher = _wishers(instance)
    worth_from, worth = _worths(instance, objective)
    columns = [
        instance.lengths,
        [fixed != NOWHERE for fixed in instance.fixed],
        [topic.pin is not None or fixed != NOWHERE for topic, fixed in _with_fixed(instance)],
        [bool(others) for others in instance.clashes],
        [s for s, _ in instance.current],
        [r for _, r in instance.current],
        _room_ranks(instance),
        hosts_from[:-1],
        hosts_from[1:],
        [len(hosts) + begin for begin in fits_from[:-1]],
        [len(hosts) + begin for begin in fits_from[1:]],
    ]
    return Tables(
        topic=np.hstack([np.array(columns, np.int64).reshape(len(columns), topics).T, wishes_from]),
        pair=np.array([*hosts, *cells], np.int64).reshape(len(hosts) + len(cells), 2),
        wisher=wisher,
        size=_sizes(instance),
        fits=_flags([[s * rooms + r for s, r in own] for own in instance.fits], len(instance.slot_ids) * rooms),
        clash=_flags([sorted(others) for others in instance.clashes], topics),
        uses=_flags(instance.uses, len(instance.per_slot)),
        useless=_flags([sorted(barred) for barred in instance.useless], rooms),
        worth=worth,
        worth_from=worth_from,
        needs_matter=any(instance.useless),
        cost_time=round(moves_cost * UNIT),
        cost_room=round(moves_cost * UNIT * ROOM_ONLY),
    )


def _with_fixed(instance: Instance) -> Iterator[tuple[Topic, tuple[int, int]]]:
    return zip(instance.problem.topics, instance.fixed, strict=True)


def _flat(rows: Sequence[Sequence[tuple[int, int]]]) -> tuple[list[int], list[tuple[int, int]]]:
    """Rows of pairs end to end, and where each begins (one more: where the last ends)."""
    offsets = [0]
    for row in rows:
        offsets.append(offsets[-1] + len(row))
    return offsets, [pair for row in rows for pair in row]


def _flags(members: Sequence[Sequence[int]], columns: int) -> Flags:
    flags = np.zeros((len(members), columns), np.uint8)
    for row, own in enumerate(members):
        flags[row, list(own)] = 1
    return flags


def _sizes(instance: Instance) -> Longs:
    by_places = _by_places(instance)
    ranks = [by_places.index(r) for r in range(len(by_places))]
    rows = (instance.places, instance.next_slot, instance.per_slot, by_places, ranks)
    sizes = np.zeros((len(rows), max(len(row) for row in rows)), np.int64)
    for place, row in enumerate(rows):
        sizes[place, : len(row)] = row
    return sizes


def _by_places(instance: Instance) -> list[int]:
    return sorted(range(len(instance.places)), key=lambda r: (instance.places[r], r))


def _room_ranks(instance: Instance) -> list[int]:
    places = sorted(instance.places)
    wanted = [sum(len(people) for _, people in wishers) for wishers in instance.wishers]
    return [min(bisect_left(places, count * SUITS_PERCENT // 100), len(places) - 1) for count in wanted]


def _wishers(instance: Instance) -> tuple[Longs, Numbers]:
    offsets = np.zeros((len(instance.topic_ids), len(LEVELS) + 1), np.int64)
    people: list[int] = []
    for t, wishers in enumerate(instance.wishers):
        groups = dict(wishers)
        offsets[t, 0] = len(people)
        for k, value in enumerate(LEVELS):
            people.extend(groups.get(value, ()))
            offsets[t, k + 1] = len(people)
    return offsets, np.array(people, np.uint32)


def _worths(instance: Instance, objective: Objective) -> tuple[Longs, Longs]:
    """One table of worth for every ideal that occurs."""
    start: dict[int, int] = {}
    flat: list[int] = []
    for ideal in sorted(set(instance.ideals)):
        start[ideal] = len(flat)
        flat.extend(worths(objective, ideal))
    return np.array([start[ideal] for ideal in instance.ideals], np.int64), np.array(flat, np.int64)
