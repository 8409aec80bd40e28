"""Compiled: the smart greedy start. Always the topic, slot and room that add most to what is placed already."""

from __future__ import annotations

from offenraum.planner.cells import allows, put, second_slot
from offenraum.planner.compiled import compiled, part
from offenraum.planner.estimate import come, host_here, look_around
from offenraum.planner.resize import settle_touched
from offenraum.planner.seats import seat_slot
from offenraum.planner.state import GOT, SLOT, TOTAL, State
from offenraum.planner.tables import LENGTH, NEXT, PLACES, Longs, Tables

NEVER = -(1 << 62)


@compiled
def fill_up(tables: Tables, state: State, gains: Longs, rooms: Longs) -> None:
    """Place topics until nothing more fits or helps; `gains` and `rooms` (topic x slot) are room to work in."""
    gains[:, :] = NEVER
    for s in range(gains.shape[1]):
        weigh_slot(tables, state, s, gains, rooms)
    t, s = best_entry(gains)
    while gains[t, s] >= 0:
        before = gains[t, s]
        weigh(tables, state, t, s, gains, rooms)
        is_best = gains[t, s] >= before or best_entry(gains) == (t, s)
        if is_best and gains[t, s] >= 0:
            enter(tables, state, t, s, rooms[t, s])
            gains[t, :] = NEVER
            weigh_slot(tables, state, s, gains, rooms)
            if second_slot(tables, t, s) >= 0:
                weigh_slot(tables, state, second_slot(tables, t, s), gains, rooms)
        t, s = best_entry(gains)


@part
def best_entry(gains: Longs) -> tuple[int, int]:
    """The topic and slot of the highest gain, the first of equals."""
    topic, slot = 0, 0
    for t in range(gains.shape[0]):
        for s in range(gains.shape[1]):
            if gains[t, s] > gains[topic, slot]:
                topic, slot = t, s
    return topic, slot


@part
def enter(tables: Tables, state: State, t: int, s: int, r: int) -> None:
    """Place a topic and seat its slots again."""
    total = state.person[TOTAL]
    put(tables, state, t, s, r)
    for span in (s, second_slot(tables, t, s)):
        if span >= 0:
            for p in range(total.shape[0]):
                total[p] -= state.seat[GOT, span, p]
            seat_slot(tables, state, span, span)
            for p in range(total.shape[0]):
                total[p] += state.seat[GOT, span, p]
    for span in (s, second_slot(tables, t, s)):
        if span >= 0:
            look_around(tables, state, span)


@part
def weigh_slot(tables: Tables, state: State, s: int, gains: Longs, rooms: Longs) -> None:
    """Weigh again every topic that could still begin in a slot, or in the one before it."""
    for t in range(gains.shape[0]):
        if state.where[t, SLOT] < 0:
            weigh(tables, state, t, s, gains, rooms)
            if tables.topic[t, LENGTH] == 2:
                for before in range(gains.shape[1]):
                    if tables.size[NEXT, before] == s:
                        weigh(tables, state, t, before, gains, rooms)


@part
def weigh(tables: Tables, state: State, t: int, s: int, gains: Longs, rooms: Longs) -> None:
    """The gain per slot of a topic in the best free room, and the tightest room that holds its people."""
    gains[t, s] = NEVER
    largest = -1
    for r in range(state.here.shape[1]):
        if allows(tables, state, t, s, r) and (largest < 0 or tables.size[PLACES, r] > tables.size[PLACES, largest]):
            largest = r
    if largest < 0:
        return
    gain, audience = entry_gain(tables, state, t, s, largest)
    gains[t, s], rooms[t, s] = gain // tables.topic[t, LENGTH], largest
    for r in range(state.here.shape[1]):
        tighter = audience <= tables.size[PLACES, r] < tables.size[PLACES, rooms[t, s]] and allows(
            tables, state, t, s, r
        )
        if tighter and (not tables.needs_matter or entry_gain(tables, state, t, s, r)[0] >= gain):
            rooms[t, s] = r


@part
def entry_gain(tables: Tables, state: State, t: int, s: int, r: int) -> tuple[int, int]:
    """What a topic adds in a free room, and how many people come to it (the larger of two slots)."""
    touched = audience = gain = 0
    for span in (s, second_slot(tables, t, s)):
        if span >= 0:
            before = touched
            touched = host_here(tables, state, touched, t, span, state.here.shape[1])
            touched, more = come(tables, state, touched, t, span, r, state.here.shape[1])
            gain += more
            audience = max(audience, touched - before)
    return gain + settle_touched(tables, state, touched), audience
