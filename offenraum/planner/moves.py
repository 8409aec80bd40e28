"""Compiled: the moves of the search. None of them can break a hard rule."""

from __future__ import annotations

import numpy as np

from offenraum.planner.cells import allows, fits, put, second_slot, take, used
from offenraum.planner.compiled import part
from offenraum.planner.state import (
    CHANGED,
    FROM_ROOM,
    FROM_SLOT,
    MOVED,
    ROOM,
    SLOT,
    TO_ROOM,
    TO_SLOT,
    TOPIC,
    State,
)
from offenraum.planner.tables import (
    BEGUN,
    BY_PLACES,
    CLASHES,
    FITS,
    FITS_END,
    MUST,
    PER_SLOT,
    RANK,
    ROOM_RANK,
    Tables,
)

SHIFT_A, SHIFT_B, SHIFT_C = np.uint64(12), np.uint64(25), np.uint64(27)
# In one of so many moves the room is any; else one of about the same size, among so many parts of the rooms.
FOCUS, NEARBY = 4, 8
# One of so many topics that lose their cell to a new one is sent to another cell instead of out.
ELSEWHERE = 16
# No more are sent elsewhere when so many topics move already.
MOST_SENT = 5
MULTIPLIER, HALF = np.uint64(0x2545F4914F6CDD1D), np.uint64(32)


@part
def draw(state: State, sides: int) -> int:
    """A number from 0 to sides - 1 (xorshift64*)."""
    x = state.dice[0]
    x ^= x >> SHIFT_A
    x ^= x << SHIFT_B
    x ^= x >> SHIFT_C
    state.dice[0] = x
    return int(np.int64((((x * MULTIPLIER) >> HALF) * np.uint64(sides)) >> HALF))


@part
def add_move(state: State, count: int, t: int, s: int, r: int) -> int:
    """Note that a topic shall go to a cell (slot -1: out); returns the new length of the list."""
    for i in range(count):
        if state.move[MOVED, i] == t:
            return count
    state.move[MOVED, count] = t
    state.move[FROM_SLOT, count] = state.where[t, SLOT]
    state.move[FROM_ROOM, count] = state.where[t, ROOM]
    state.move[TO_SLOT, count] = s
    state.move[TO_ROOM, count] = r
    return count + 1


@part
def propose(tables: Tables, state: State) -> int:
    """Draw a topic and a cell for it; whoever is there goes where the topic came from. Returns the topics moved."""
    t = state.movable[draw(state, state.movable.shape[0])]
    begin = tables.topic[t, FITS]
    place = begin + draw(state, tables.topic[t, FITS_END] - begin)
    s, r, home, room = tables.pair[place, 0], tables.pair[place, 1], state.where[t, SLOT], state.where[t, ROOM]
    if draw(state, FOCUS) > 0:
        r = like_room(tables, state, t, room)
    if (s == home and r == room) or not fits(tables, state, t, s, r):
        return 0
    count = push_out(tables, state, add_move(state, 0, t, s, r), state.cell[TOPIC, s, r], home, room)
    second = second_slot(tables, t, s)
    if second >= 0 and count > 0:
        home = second_slot(tables, t, home) if home >= 0 else -1
        count = push_out(tables, state, count, state.cell[TOPIC, second, r], home, room)
    return clear_slots(tables, state, count, t, s)


@part
def like_room(tables: Tables, state: State, t: int, room: int) -> int:
    """A room about as large as the one that a topic has, or as suits it: others would mostly be a loss."""
    rooms = state.here.shape[1]
    width = 1 + rooms // NEARBY
    aim = tables.topic[t, ROOM_RANK] if room < 0 or draw(state, 2) == 0 else tables.size[RANK, room]
    rank = aim - width + draw(state, 2 * width + 1)
    return int(tables.size[BY_PLACES, min(max(rank, 0), rooms - 1)])


@part
def push_out(tables: Tables, state: State, count: int, other: int, s: int, r: int) -> int:
    """Send the topic on a wanted cell to the cell that becomes free, if it fits, else out; 0 when it must stay."""
    if other < 0 or other == state.move[MOVED, 0]:
        return count
    if tables.topic[other, BEGUN]:
        return 0
    if s >= 0 and fits(tables, state, other, s, r):
        return add_move(state, count, other, s, r)
    if draw(state, ELSEWHERE) == 0:
        return send(tables, state, count, other)
    return 0 if tables.topic[other, MUST] else add_move(state, count, other, -1, -1)


@part
def send(tables: Tables, state: State, count: int, t: int) -> int:
    """Send a topic to a cell drawn for it, and whoever is there out of the plan; 0 when one of them must stay."""
    if tables.topic[t, BEGUN]:
        return 0
    begin = tables.topic[t, FITS]
    place = begin + draw(state, tables.topic[t, FITS_END] - begin)
    s, r = tables.pair[place, 0], tables.pair[place, 1]
    other = state.cell[TOPIC, s, r]
    count = add_move(state, count, t, s, r)
    if other < 0:
        return count
    return 0 if tables.topic[other, BEGUN] or tables.topic[other, MUST] else add_move(state, count, other, -1, -1)


@part
def clear_slots(tables: Tables, state: State, count: int, t: int, s: int) -> int:
    """Send elsewhere whom a topic cannot run beside: who has the same host, or what there is too little of."""
    if count == 0 or not (tables.topic[t, CLASHES] or tables.uses.shape[1]):
        return count
    for span in (s, second_slot(tables, t, s)):
        for room in range(state.here.shape[1]):
            other = state.cell[TOPIC, span, room] if span >= 0 else -1
            if 0 < count < MOST_SENT and other >= 0 and other != t and is_in_the_way(tables, state, t, other, span):
                count = send(tables, state, count, other)
    return count


@part
def is_in_the_way(tables: Tables, state: State, t: int, other: int, s: int) -> bool:
    if tables.topic[t, CLASHES] and tables.clash[t, other]:
        return True
    for k in range(tables.uses.shape[1]):
        if tables.uses[t, k] and tables.uses[other, k] and used(tables, state, s, k) >= tables.size[PER_SLOT, k]:
            return True
    return False


@part
def apply(tables: Tables, state: State, count: int) -> bool:
    """Carry out the noted move; when a hard rule is in the way nothing changes."""
    for i in range(count):
        take(tables, state, state.move[MOVED, i])
    for i in range(count):
        t, s, r = state.move[MOVED, i], state.move[TO_SLOT, i], state.move[TO_ROOM, i]
        if s >= 0:
            if not allows(tables, state, t, s, r):
                undo(tables, state, count)
                return False
            put(tables, state, t, s, r)
    return True


@part
def undo(tables: Tables, state: State, count: int) -> None:
    """Put everything back where the move took it from."""
    for i in range(count):
        take(tables, state, state.move[MOVED, i])
    for i in range(count):
        if state.move[FROM_SLOT, i] >= 0:
            put(tables, state, state.move[MOVED, i], state.move[FROM_SLOT, i], state.move[FROM_ROOM, i])


@part
def changed_slots(tables: Tables, state: State, count: int) -> int:
    """List the slots that the move changes; returns how many."""
    found = 0
    for i in range(count):
        for end in range(2):
            s = state.move[FROM_SLOT if end == 0 else TO_SLOT, i]
            if s >= 0:
                found = note_slot(state, found, s)
                second = second_slot(tables, state.move[MOVED, i], s)
                if second >= 0:
                    found = note_slot(state, found, second)
    return found


@part
def note_slot(state: State, found: int, s: int) -> int:
    """Add a slot to the list of changed ones, once."""
    for i in range(found):
        if state.move[CHANGED, i] == s:
            return found
    state.move[CHANGED, found] = s
    return found + 1
