"""Compiled: topics on cells, and whether one more would break a hard rule. The same rules as `board`, in numbers."""

from __future__ import annotations

from offenraum.planner.compiled import part
from offenraum.planner.state import ROOM, SLOT, TOPIC, State
from offenraum.planner.tables import CLASHES, LENGTH, NEXT, PER_SLOT, Tables


@part
def second_slot(tables: Tables, t: int, s: int) -> int:
    """The second slot of a double session that begins in `s`, else -1."""
    return int(tables.size[NEXT, s]) if tables.topic[t, LENGTH] == 2 else -1


@part
def fits(tables: Tables, state: State, t: int, s: int, r: int) -> bool:
    """Whether a topic may begin there as far as it alone is concerned."""
    return bool(tables.fits[t, s * state.here.shape[1] + r] != 0)


@part
def take(tables: Tables, state: State, t: int) -> None:
    """Take a topic out of the plan, if it is in."""
    s, r = state.where[t, SLOT], state.where[t, ROOM]
    if s >= 0:
        state.cell[TOPIC, s, r] = -1
        second = second_slot(tables, t, s)
        if second >= 0:
            state.cell[TOPIC, second, r] = -1
        state.where[t, SLOT] = -1
        state.where[t, ROOM] = -1


@part
def put(tables: Tables, state: State, t: int, s: int, r: int) -> None:
    """Put a topic into empty cells."""
    state.where[t, SLOT] = s
    state.where[t, ROOM] = r
    state.cell[TOPIC, s, r] = t
    second = second_slot(tables, t, s)
    if second >= 0:
        state.cell[TOPIC, second, r] = t


@part
def slot_allows(tables: Tables, state: State, t: int, s: int, r: int) -> bool:
    """Whether a slot has the room free, nobody whom the topic clashes with, and its resources left."""
    if state.cell[TOPIC, s, r] >= 0:
        return False
    if tables.topic[t, CLASHES]:
        for room in range(state.here.shape[1]):
            other = state.cell[TOPIC, s, room]
            if other >= 0 and tables.clash[t, other]:
                return False
    for k in range(tables.uses.shape[1]):
        if tables.uses[t, k] and used(tables, state, s, k) >= tables.size[PER_SLOT, k]:
            return False
    return True


@part
def used(tables: Tables, state: State, s: int, k: int) -> int:
    """How many sessions of a slot have a resource."""
    count = 0
    for room in range(state.here.shape[1]):
        other = state.cell[TOPIC, s, room]
        if other >= 0:
            count += tables.uses[other, k]
    return count


@part
def allows(tables: Tables, state: State, t: int, s: int, r: int) -> bool:
    """Whether every hard rule lets the topic begin there, beside what is in the plan now."""
    if not fits(tables, state, t, s, r) or not slot_allows(tables, state, t, s, r):
        return False
    second = second_slot(tables, t, s)
    return second < 0 or slot_allows(tables, state, t, second, r)
