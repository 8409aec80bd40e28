"""Compiled: what other rooms in the same slot would change for people; the last part of an estimate."""

from __future__ import annotations

from offenraum.planner.cells import second_slot
from offenraum.planner.compiled import between, part
from offenraum.planner.seats import LEVEL_COUNT
from offenraum.planner.state import (
    AT,
    CHANGE,
    FROM_ROOM,
    FROM_SLOT,
    GOT,
    LEFT,
    MOVED,
    SECOND,
    STIR,
    TO_ROOM,
    TO_SLOT,
    TOTAL,
    State,
)
from offenraum.planner.tables import LEVELS, PLACES, WISHES, WISHES_END, Tables


@part
def resize_all(tables: Tables, state: State, count: int, touched: int) -> int:
    """Give every topic of the move that stays in its slot the other room; what all the noted changes are worth."""
    for i in range(count):
        s = state.move[FROM_SLOT, i]
        if s == state.move[TO_SLOT, i] and s >= 0:
            touched = resize(tables, state, touched, i, s)
            second = second_slot(tables, state.move[MOVED, i], s)
            touched = resize(tables, state, touched, i, second) if second >= 0 else touched
    return settle_touched(tables, state, touched)


@part
def resize(tables: Tables, state: State, touched: int, i: int, s: int) -> int:
    """A session goes to a room with more or fewer places; returns the number of people touched so far."""
    t, r = state.move[MOVED, i], state.move[FROM_ROOM, i]
    more = tables.size[PLACES, state.move[TO_ROOM, i]] - tables.size[PLACES, r]
    left = state.cell[LEFT, s, r]
    if left + more < 0:
        return turn_away(tables, state, touched, t, s, r, -left - more)
    if left == 0 and more > 0:
        return let_in(tables, state, touched, t, s, r, more)
    return touched


@part
def turn_away(tables: Tables, state: State, touched: int, t: int, s: int, r: int, most: int) -> int:
    """The last who sit in a session take the next best."""
    at, got, second, change = state.seat[AT, s], state.seat[GOT, s], state.seat[SECOND, s], state.person[CHANGE]
    place = tables.topic[t, WISHES_END]
    while most > 0 and place > tables.topic[t, WISHES]:
        place -= 1
        p = tables.wisher[place]
        if at[p] == r:
            change[p] += second[p] - got[p]
            state.touched[touched] = p
            touched += 1
            most -= 1
    return touched


@part
def let_in(tables: Tables, state: State, touched: int, t: int, s: int, r: int, most: int) -> int:
    """Those who found a session full come in, while there are places."""
    at, got, change = state.seat[AT, s], state.seat[GOT, s], state.person[CHANGE]
    for k in range(LEVEL_COUNT):
        for place in between(tables.topic[t, WISHES + k], tables.topic[t, WISHES + k + 1]):
            p = tables.wisher[place]
            if most > 0 and at[p] >= -1 and at[p] != r and LEVELS[k] > got[p] and change[p] <= 0:
                change[p] += LEVELS[k] - got[p]
                state.touched[touched] = p
                touched += 1
                most -= 1
    return touched


@part
def settle_touched(tables: Tables, state: State, touched: int) -> int:
    """What the noted changes are worth; clears them, and notes how much they stir."""
    gain = stir = 0
    for place in range(touched):
        p = state.touched[place]
        now = tables.worth_from[p] + state.person[TOTAL, p]
        more = tables.worth[now + state.person[CHANGE, p]] - tables.worth[now]
        gain += more
        stir += abs(more)
        state.person[CHANGE, p] = 0
    state.numbers[STIR] = stir
    return gain
