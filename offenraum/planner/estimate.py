"""Compiled: what a move would change, from what is known of each person; quick, and exact where no room can fill."""

from __future__ import annotations

from offenraum.planner.cells import second_slot
from offenraum.planner.compiled import between, part
from offenraum.planner.resize import resize_all
from offenraum.planner.seats import LEVEL_COUNT
from offenraum.planner.state import (
    AT,
    CHANGE,
    CHANGED,
    FROM_ROOM,
    FROM_SLOT,
    GOT,
    LEFT,
    MOVED,
    PRICE,
    SECOND,
    TO_ROOM,
    TO_SLOT,
    TOPIC,
    TOTAL,
    State,
)
from offenraum.planner.tables import HOSTS, HOSTS_END, LEVELS, PLACES, WISHES, WISHES_END, Tables


@part
def host_at(r: int) -> int:
    """How the row AT marks the host of the session in a room."""
    return -2 - r


@part
def look_around(tables: Tables, state: State, s: int) -> None:
    """For a seated slot: everybody's next best session with a place, and the worth of one more place in full rooms."""
    state.seat[SECOND, s][:] = 0
    for r in range(state.here.shape[1]):
        t = state.cell[TOPIC, s, r]
        state.cell[PRICE, s, r] = 0
        if t >= 0 and state.cell[LEFT, s, r] > 0:
            offer(tables, state, s, r, t)
        elif t >= 0:
            state.cell[PRICE, s, r] = price_of_place(tables, state, s, t)
    state.cell[PRICE, s, state.here.shape[1]] = 0


@part
def offer(tables: Tables, state: State, s: int, r: int, t: int) -> None:
    """A session with a free place is a next best for all who wish for it and sit elsewhere."""
    second, at = state.seat[SECOND, s], state.seat[AT, s]
    for k in range(LEVEL_COUNT):
        level = LEVELS[k]
        for place in between(tables.topic[t, WISHES + k], tables.topic[t, WISHES + k + 1]):
            p = tables.wisher[place]
            other = level if at[p] != r and at[p] != host_at(r) else 0
            if tables.needs_matter and tables.useless[p, r]:
                other = 0
            second[p] = max(second[p], other)


@part
def price_of_place(tables: Tables, state: State, s: int, t: int) -> int:
    """What the first person who finds a full session would gain by one more place."""
    for k in range(LEVEL_COUNT):
        for place in between(tables.topic[t, WISHES + k], tables.topic[t, WISHES + k + 1]):
            p = tables.wisher[place]
            more = LEVELS[k] - state.seat[GOT, s, p]
            if more > 0 and state.seat[AT, s, p] >= -1:
                now = tables.worth_from[p] + state.person[TOTAL, p]
                return int(tables.worth[now + more] - tables.worth[now])
    return 0


@part
def is_simple(tables: Tables, state: State, count: int) -> bool:
    """Whether the move is one that `estimate` understands: no slot loses or gets two sessions, except by new rooms."""
    for i in range(count):
        if changes_room(state, i):
            if tables.needs_matter:
                return False
        else:
            for j in range(i):
                if not changes_room(state, j) and share_slot(tables, state, i, j):
                    return False
    return True


@part
def changes_room(state: State, i: int) -> bool:
    """Whether a topic of the move stays in its slot."""
    return bool(state.move[FROM_SLOT, i] == state.move[TO_SLOT, i])


@part
def share_slot(tables: Tables, state: State, i: int, j: int) -> bool:
    """Whether two topics of the move leave one slot, or go to one."""
    one, other = state.move[MOVED, i], state.move[MOVED, j]
    for end in range(2):
        row = FROM_SLOT if end == 0 else TO_SLOT
        s, o = state.move[row, i], state.move[row, j]
        if s >= 0 and o >= 0:
            second, other_second = second_slot(tables, one, s), second_slot(tables, other, o)
            if s in (o, other_second) or (second >= 0 and second in (o, other_second)):
                return True
    return False


@part
def is_exact(tables: Tables, state: State, count: int, slots: int) -> bool:
    """Whether `estimate` is exact: every session of the slots has places for all who want it."""
    if tables.needs_matter:
        return False
    for i in range(count):
        from_room = state.move[FROM_ROOM, i]
        if from_room >= 0 and not has_room_for_all(tables, state.move[MOVED, i], from_room):
            return False
    for k in range(slots):
        for r in range(state.here.shape[1]):
            t = state.cell[TOPIC, state.move[CHANGED, k], r]
            if t >= 0 and not has_room_for_all(tables, t, r):
                return False
    return True


@part
def has_room_for_all(tables: Tables, t: int, r: int) -> bool:
    """Whether a room holds the hosts of a topic and everybody who wishes for it."""
    wishers = tables.topic[t, WISHES_END] - tables.topic[t, WISHES]
    return bool(wishers + tables.topic[t, HOSTS_END] - tables.topic[t, HOSTS] <= tables.size[PLACES, r])


@part
def estimate(tables: Tables, state: State, count: int) -> int:
    """The change of worth by a simple move, as if who leaves a session took the next best, and nobody else moved."""
    gain = touched = 0
    for i in range(count):
        s = state.move[FROM_SLOT, i]
        if s >= 0 and not changes_room(state, i):
            touched = leave(tables, state, touched, i, s)
            second = second_slot(tables, state.move[MOVED, i], s)
            touched = leave(tables, state, touched, i, second) if second >= 0 else touched
    for i in range(count):
        s = state.move[TO_SLOT, i]
        if s >= 0 and not changes_room(state, i):
            touched, gain = enter_slot(tables, state, touched, gain, i, s, left_room(tables, state, count, s))
            second = second_slot(tables, state.move[MOVED, i], s)
            if second >= 0:
                gone = left_room(tables, state, count, second)
                touched, gain = enter_slot(tables, state, touched, gain, i, second, gone)
    return gain + resize_all(tables, state, count, touched)


@part
def enter_slot(
    tables: Tables, state: State, touched: int, gain: int, i: int, s: int, gone: int
) -> tuple[int, int]:
    """Hosts and wishers of a session that comes to a slot; returns the people touched and the gain so far."""
    t, r = state.move[MOVED, i], state.move[TO_ROOM, i]
    touched = host_here(tables, state, touched, t, s, gone)
    touched, more = come(tables, state, touched, t, s, r, gone)
    return touched, gain + more


@part
def left_room(tables: Tables, state: State, count: int, s: int) -> int:
    """The room of slot `s` that the move empties, or a room that does not exist."""
    for i in range(count):
        home = state.move[FROM_SLOT, i]
        if home >= 0 and not changes_room(state, i) and s in (home, second_slot(tables, state.move[MOVED, i], home)):
            return int(state.move[FROM_ROOM, i])
    return int(state.here.shape[1])


@part
def leave(tables: Tables, state: State, touched: int, i: int, s: int) -> int:
    """Everybody in a session that goes away takes the next best; returns the number of people touched so far."""
    t, r = state.move[MOVED, i], state.move[FROM_ROOM, i]
    at, got, second, change = state.seat[AT, s], state.seat[GOT, s], state.seat[SECOND, s], state.person[CHANGE]
    for place in between(tables.topic[t, HOSTS], tables.topic[t, HOSTS_END]):
        host = tables.pair[place, 0]
        change[host] += second[host] - got[host]
        state.touched[touched] = host
        touched += 1
    for place in between(tables.topic[t, WISHES], tables.topic[t, WISHES_END]):
        p = tables.wisher[place]
        here = at[p] == r
        change[p] += second[p] - got[p] if here else 0
        state.touched[touched] = p
        touched += here
    return touched


@part
def host_here(tables: Tables, state: State, touched: int, t: int, s: int, gone: int) -> int:
    """The hosts of a session that comes must be in it; what they had is theirs no more."""
    for place in between(tables.topic[t, HOSTS], tables.topic[t, HOSTS_END]):
        host = tables.pair[place, 0]
        room = state.seat[AT, s, host]
        homeless = room == gone or room == host_at(gone)
        before = state.seat[SECOND, s, host] if homeless else state.seat[GOT, s, host]
        state.person[CHANGE, host] += tables.pair[place, 1] - before
        state.touched[touched] = host
        touched += 1
    return touched


@part
def leads(tables: Tables, t: int, p: int) -> bool:
    """Whether a person hosts a topic."""
    found = False
    for place in between(tables.topic[t, HOSTS], tables.topic[t, HOSTS_END]):
        found |= tables.pair[place, 0] == p
    return found


@part
def come(tables: Tables, state: State, touched: int, t: int, s: int, r: int, gone: int) -> tuple[int, int]:
    """Fill a session that comes with those who like it better; also returns the worth of the full places they leave."""
    at, got, second, price = state.seat[AT, s], state.seat[GOT, s], state.seat[SECOND, s], state.cell[PRICE, s]
    change, nowhere, gain = state.person[CHANGE], state.here.shape[1], 0
    hosts = tables.topic[t, HOSTS_END] - tables.topic[t, HOSTS]
    free = tables.size[PLACES, r] - hosts
    for k in range(LEVEL_COUNT):
        level = LEVELS[k]
        for place in between(tables.topic[t, WISHES + k], tables.topic[t, WISHES + k + 1]):
            p = tables.wisher[place]
            room = at[p]
            homeless = (room == gone) | (room == host_at(gone))
            before = second[p] if homeless else got[p]
            comes = (free > 0) & (level > before) & (homeless | (room >= -1))
            if hosts > 0:
                comes &= not leads(tables, t, p)
            if tables.needs_matter:
                comes &= tables.useless[p, r] == 0
            gain += price[room if comes & (room >= 0) & (room != gone) else nowhere]
            change[p] += level - before if comes else 0
            state.touched[touched] = p
            touched += comes
            free -= comes
    return touched, gain
