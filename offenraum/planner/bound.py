"""How much any plan could be worth at most, by a linear program.

Every bound here is proven for the problem with some rules forgotten (absences, hosts' own sessions, neighbouring slots
of double sessions), so it holds for the whole problem too. Value and bound are in units of the objective.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from offenraum.planner.ceiling import Bound, ideal_bound
from offenraum.planner.instance import Instance
from offenraum.planner.objective import UNIT, Objective, worths
from offenraum.planner.program import Program, solve


def lp_bound(instance: Instance, objective: Objective, *, seconds: float = 60.0) -> Bound:
    """The symmetric linear relaxation: topics may be split, slots are all alike. The ideal bound when time runs out."""
    ideal = ideal_bound(instance, objective)
    limit = solve(whole_day(instance, objective), seconds=seconds)
    return ideal if limit is None else Bound(min(limit, ideal.value), "lp")


@dataclass(frozen=True, slots=True)
class RoomGroup:
    """Rooms of equal places and features."""

    places: int
    features: frozenset[str]
    rooms: frozenset[int]

    @property
    def count(self) -> int:
        return len(self.rooms)

    def takes(self, instance: Instance, t: int) -> bool:
        """Whether a topic may begin in any of them, or has begun there."""
        return any(r in self.rooms for _, r in instance.fits[t])


def room_groups(instance: Instance) -> list[RoomGroup]:
    """The kinds of rooms, the largest first."""
    kinds: defaultdict[tuple[int, frozenset[str]], set[int]] = defaultdict(set)
    for r, room in enumerate(instance.problem.rooms):
        kinds[room.places, room.features].add(r)
    groups = [RoomGroup(places, features, frozenset(rooms)) for (places, features), rooms in kinds.items()]
    return sorted(groups, key=lambda group: (-group.places, sorted(group.features)))


def whole_day(instance: Instance, objective: Objective) -> Program:
    """Columns: topic in a kind of room (in slots), person in topic (in slots), half wishes that a person gets."""
    program, slots = Program(), len(instance.slot_ids)
    groups = room_groups(instance)
    held = _held_topics(program, instance, groups, slots)
    attended: list[list[tuple[int, float]]] = [[] for _ in instance.ideals]
    for t, rooms in enumerate(held):
        for value, p, column in attendance(program, instance, t, rooms, groups):
            attended[p].append((column, float(value)))
    for p, entries in enumerate(attended):
        if entries:
            program.row([(column, 1.0) for column, _ in entries], float(slots))
            _worth_rows(program, entries, worths(objective, instance.ideals[p]))
    return program


def _held_topics(program: Program, instance: Instance, groups: list[RoomGroup], slots: int) -> list[dict[int, int]]:
    """For every topic the columns of how many slots it has in each kind of room."""
    held: list[dict[int, int]] = []
    for t, topic in enumerate(instance.problem.topics):
        fitting = [g for g, group in enumerate(groups) if group.takes(instance, t)]
        held.append({g: program.column(0.0, most=topic.length) for g in fitting})
        program.row([(column, 1.0) for column in held[t].values()], float(topic.length))
    for g, group in enumerate(groups):
        program.row([(rooms[g], 1.0) for rooms in held if g in rooms], float(group.count * slots))
    return held


def attendance(
    program: Program, instance: Instance, t: int, rooms: dict[int, int], groups: list[RoomGroup]
) -> Iterator[tuple[int, int, int]]:
    """Columns of people in a topic as (half wishes, person, column): only in rooms they can use, with a seat each.

    Hosts are in their own session in any case; seats are counted for the others.
    """
    columns: list[int] = []
    hosts, usable = {p for p, _ in instance.hosting[t]}, _UsableRooms(program, instance.lengths[t], rooms, groups)
    for value, people in instance.wishers[t]:
        for p in people:
            room = usable.column(frozenset() if p in hosts else instance.problem.people[p].needs)
            if room is not None:
                column = program.column(0.0, most=instance.lengths[t])
                program.row([(column, 1.0), (room, -1.0)], 0.0)
                columns += [] if p in hosts else [column]
                yield value, p, column
    if columns and len(columns) > min((groups[g].places for g in rooms), default=0):
        seats = [(column, -float(groups[g].places)) for g, column in rooms.items()]
        program.row([*((column, 1.0) for column in columns), *seats], 0.0)


class _UsableRooms:
    """How much of a topic is in rooms that people with the same needs can use: one column for all of them."""

    def __init__(self, program: Program, length: int, rooms: dict[int, int], groups: list[RoomGroup]) -> None:
        self.program, self.length, self.rooms, self.groups = program, length, rooms, groups
        self.known: dict[frozenset[str], int | None] = {}

    def column(self, needs: frozenset[str]) -> int | None:
        """The column for these needs; None when no room will do."""
        if needs not in self.known:
            self.known[needs] = self._add(needs)
        return self.known[needs]

    def _add(self, needs: frozenset[str]) -> int | None:
        parts = [(column, -1.0) for g, column in self.rooms.items() if needs <= self.groups[g].features]
        if not parts:
            return None
        whole = self.program.column(0.0, most=self.length)
        self.program.row([(whole, 1.0), *parts], 0.0)
        return whole


def _worth_rows(program: Program, entries: list[tuple[int, float]], table: tuple[int, ...]) -> None:
    """A column for each step of rising worth; the steps taken are at most the half wishes received."""
    steps = [
        (program.column(more / UNIT, most=len(list(alike))), 1.0) for more, alike in groupby(_concave_steps(table))
    ]
    program.row([*steps, *((column, -value) for column, value in entries)], 0.0)


def _concave_steps(table: tuple[int, ...]) -> list[int]:
    """The rises of a worth table, raised where rounding made one larger than the one before."""
    rises = [after - before for before, after in pairwise(table)]
    for place in range(len(rises) - 2, -1, -1):
        rises[place] = max(rises[place], rises[place + 1])
    return rises
