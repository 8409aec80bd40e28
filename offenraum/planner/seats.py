"""Compiled: who sits where in one slot. The same rule as `seating`, which is the readable form of it."""

from __future__ import annotations

from offenraum.planner.compiled import between, part
from offenraum.planner.state import (
    AT,
    FREE,
    GOT,
    LEFT,
    ORDER,
    SESSION,
    SESSION_ROOM,
    SLACK,
    TOPIC,
    State,
)
from offenraum.planner.tables import HOSTS, HOSTS_END, LEVELS, PLACES, WISHES, WISHES_END, Tables

# Added to what a host gets while the slot is seated: no wish is stronger, so hosts stay where they are.
HOST = 64
LEVEL_COUNT = len(LEVELS)


@part
def seat_slot(tables: Tables, state: State, s: int, row: int) -> None:
    """Seat the sessions of slot `s`; who gets what and sits where, and what stays free, goes to `row`."""
    got, at = state.seat[GOT, row], state.seat[AT, row]
    got[:] = -1
    at[:] = -1
    count, hosts, roomy = gather(state, s), 0, True
    for i in range(count):
        t, r = state.here[SESSION, i], state.here[SESSION_ROOM, i]
        for place in between(tables.topic[t, HOSTS], tables.topic[t, HOSTS_END]):
            got[tables.pair[place, 0]] = tables.pair[place, 1] + HOST
            at[tables.pair[place, 0]] = -2 - r
        own = tables.topic[t, HOSTS_END] - tables.topic[t, HOSTS]
        hosts += own
        state.here[FREE, i] = tables.size[PLACES, r] - own
        roomy = roomy and tables.topic[t, WISHES_END] - tables.topic[t, WISHES] <= state.here[FREE, i]
    seat_wishers(tables, state, row, count, roomy and not tables.needs_matter)
    for p in range(got.shape[0]):
        got[p] = got[p] - HOST if got[p] >= HOST else max(got[p], 0)
    for i in range(count):
        state.cell[LEFT, row, state.here[SESSION_ROOM, i]] = state.here[FREE, i]


@part
def gather(state: State, s: int) -> int:
    """List the sessions of a slot in the order of topics; returns how many."""
    count, here = 0, state.here
    for r in range(here.shape[1]):
        t = state.cell[TOPIC, s, r]
        if t >= 0:
            place = count
            while place > 0 and here[SESSION, place - 1] > t:
                here[SESSION, place] = here[SESSION, place - 1]
                here[SESSION_ROOM, place] = here[SESSION_ROOM, place - 1]
                place -= 1
            here[SESSION, place] = t
            here[SESSION_ROOM, place] = r
            count += 1
    return count


@part
def seat_wishers(tables: Tables, state: State, row: int, count: int, roomy: bool) -> None:
    """Serve the wishes by strength; where every session has a place for all, the order of sessions does not matter."""
    for k in range(LEVEL_COUNT):
        if not roomy:
            order_by_slack(tables, state, row, k, count)
        for place in range(count):
            i = place if roomy else state.here[ORDER, place]
            t = state.here[SESSION, i]
            wishers = tables.topic[t, WISHES + k + 1] - tables.topic[t, WISHES + k]
            if not tables.needs_matter and wishers <= state.here[FREE, i]:
                fill_all(tables, state, row, k, i)
            elif state.here[FREE, i] > 0:
                fill(tables, state, row, k, i)


@part
def order_by_slack(tables: Tables, state: State, row: int, k: int, count: int) -> None:
    """Sort the sessions by places to spare on this strength of wish, most first; equals stay in the order of topics."""
    here = state.here
    for i in range(count):
        here[SLACK, i] = here[FREE, i] - queue_length(tables, state, row, k, i)
        place = i
        while place > 0 and here[SLACK, here[ORDER, place - 1]] < here[SLACK, i]:
            here[ORDER, place] = here[ORDER, place - 1]
            place -= 1
        here[ORDER, place] = i


@part
def queue_length(tables: Tables, state: State, row: int, k: int, i: int) -> int:
    """How many people without a seat wish for a session that strongly and can use its room."""
    got, t, r, queue = state.seat[GOT, row], state.here[SESSION, i], state.here[SESSION_ROOM, i], 0
    begin, end = tables.topic[t, WISHES + k], tables.topic[t, WISHES + k + 1]
    if tables.needs_matter:
        for place in between(begin, end):
            p = tables.wisher[place]
            queue += (got[p] < 0) & (tables.useless[p, r] == 0)
    else:
        for place in between(begin, end):
            queue += got[tables.wisher[place]] < 0
    return queue


@part
def fill(tables: Tables, state: State, row: int, k: int, i: int) -> None:
    """Seat the wishers of one strength in a session while it has places."""
    got, at, level = state.seat[GOT, row], state.seat[AT, row], LEVELS[k]
    t, r, free = state.here[SESSION, i], state.here[SESSION_ROOM, i], state.here[FREE, i]
    for place in between(tables.topic[t, WISHES + k], tables.topic[t, WISHES + k + 1]):
        p = tables.wisher[place]
        seated = (got[p] < 0) & (free > 0)
        if tables.needs_matter:
            seated &= tables.useless[p, r] == 0
        got[p] = level if seated else got[p]
        at[p] = r if seated else at[p]
        free -= seated
    state.here[FREE, i] = free


@part
def fill_all(tables: Tables, state: State, row: int, k: int, i: int) -> None:
    """Seat the wishers of one strength in a session that has a place for each; without a branch, so it is quick."""
    got, at, level = state.seat[GOT, row], state.seat[AT, row], LEVELS[k]
    t, r, seated = state.here[SESSION, i], state.here[SESSION_ROOM, i], 0
    for place in between(tables.topic[t, WISHES + k], tables.topic[t, WISHES + k + 1]):
        p = tables.wisher[place]
        now = got[p]
        seated += now < 0
        at[p] = r if now < 0 else at[p]
        got[p] = max(now, level)
    state.here[FREE, i] -= seated
