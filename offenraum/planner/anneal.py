"""Compiled: simulated annealing over cells. Takes better plans always, worse ones the less often the cooler it gets."""

from __future__ import annotations

from offenraum.planner.compiled import compiled, part
from offenraum.planner.estimate import estimate, is_exact, is_simple, look_around
from offenraum.planner.moves import apply, changed_slots, draw, propose, undo
from offenraum.planner.seats import seat_slot
from offenraum.planner.state import (
    AT,
    BEST,
    BEST_ROOM,
    BEST_SLOT,
    BEST_WORTH,
    CHANGE,
    CHANGED,
    FROM_ROOM,
    FROM_SLOT,
    GOT,
    LEFT,
    LOG_BITS,
    MOST_MOVED,
    MOVED,
    ROOM,
    SLOT,
    STIR,
    SUM,
    TAKEN,
    TO_ROOM,
    TO_SLOT,
    TOTAL,
    TRIED,
    VALUE,
    WORTH,
    State,
)
from offenraum.planner.tables import CURRENT_ROOM, CURRENT_SLOT, Tables

# An estimate is seldom wrong by more than such a part of the gains and losses that it is the sum of.
STIR_PARTS = 8


@compiled
def settle(tables: Tables, state: State) -> None:
    """Seat every slot and compute the value of the plan as it stands; it becomes the best so far."""
    slots, total = state.cell.shape[1] - MOST_MOVED, state.person[TOTAL]
    total[:] = 0
    for s in range(slots):
        seat_slot(tables, state, s, s)
        for p in range(total.shape[0]):
            total[p] += state.seat[GOT, s, p]
    for s in range(slots):
        look_around(tables, state, s)
    value = 0
    for p in range(total.shape[0]):
        value += tables.worth[tables.worth_from[p] + total[p]]
    state.numbers[WORTH] = value
    for t in range(state.where.shape[0]):
        value += placement_value(tables, t, state.where[t, SLOT], state.where[t, ROOM])
    state.numbers[VALUE] = value
    remember(state)


@part
def placement_value(tables: Tables, t: int, s: int, r: int) -> int:
    """One grain for being in at all, less the price of not being where the running plan has it."""
    value = 1 if s >= 0 else 0
    if tables.topic[t, CURRENT_SLOT] >= 0:
        if s != tables.topic[t, CURRENT_SLOT]:
            value -= tables.cost_time
        elif r != tables.topic[t, CURRENT_ROOM]:
            value -= tables.cost_room
    return value


@part
def remember(state: State) -> None:
    """The plan as it stands is the best so far."""
    state.numbers[BEST] = state.numbers[VALUE]
    state.numbers[BEST_WORTH] = state.numbers[WORTH]
    for t in range(state.where.shape[0]):
        state.where[t, BEST_SLOT] = state.where[t, SLOT]
        state.where[t, BEST_ROOM] = state.where[t, ROOM]


@part
def placement_gain(tables: Tables, state: State, count: int) -> int:
    """What a move changes by where topics stand alone."""
    gain, move = 0, state.move
    for i in range(count):
        gain += placement_value(tables, move[MOVED, i], move[TO_SLOT, i], move[TO_ROOM, i])
        gain -= placement_value(tables, move[MOVED, i], move[FROM_SLOT, i], move[FROM_ROOM, i])
    return gain


@part
def gain_of(tables: Tables, state: State, count: int, slots: int) -> int:
    """What the applied move changes; leaves every person's change in the row SUM."""
    base = state.cell.shape[1] - MOST_MOVED
    total, change, sums = state.person[TOTAL], state.person[CHANGE], state.person[SUM]
    for k in range(slots):
        s = state.move[CHANGED, k]
        seat_slot(tables, state, s, base + k)
        fresh, got = state.seat[GOT, base + k], state.seat[GOT, s]
        for p in range(change.shape[0]):
            change[p] += fresh[p] - got[p]
    more = 0
    for p in range(change.shape[0]):
        sums[p] = change[p]
        if change[p] != 0:
            now = tables.worth_from[p] + total[p]
            more += tables.worth[now + change[p]] - tables.worth[now]
            change[p] = 0
    return int(more) + placement_gain(tables, state, count)


@part
def keep(tables: Tables, state: State, count: int, slots: int, gain: int) -> None:
    """Make the tried move the plan."""
    base, total = state.cell.shape[1] - MOST_MOVED, state.person[TOTAL]
    for k in range(slots):
        s = state.move[CHANGED, k]
        for p in range(total.shape[0]):
            state.seat[GOT, s, p] = state.seat[GOT, base + k, p]
            state.seat[AT, s, p] = state.seat[AT, base + k, p]
        for r in range(state.here.shape[1]):
            state.cell[LEFT, s, r] = state.cell[LEFT, base + k, r]
    for p in range(total.shape[0]):
        total[p] += state.person[SUM, p]
    for k in range(slots):
        look_around(tables, state, state.move[CHANGED, k])
    state.numbers[TAKEN] += 1
    state.numbers[WORTH] += gain - placement_gain(tables, state, count)
    state.numbers[VALUE] += gain
    if state.numbers[VALUE] > state.numbers[BEST]:
        remember(state)


@compiled
def anneal(tables: Tables, state: State, heat: int, doubt: int, steps: int) -> None:
    """Try `steps` moves; a move that loses L is taken with probability exp(-L / heat).

    A move whose estimate is worse than may be taken by more than `doubt`, or by more than a part of what it stirs, is
    not looked at again.
    """
    for _ in range(steps):
        state.numbers[TRIED] += 1
        count = propose(tables, state)
        most_loss = heat * state.losses[draw(state, state.losses.shape[0])] >> LOG_BITS
        if count > 0 and apply(tables, state, count):
            slots = changed_slots(tables, state, count)
            if looks_bad(tables, state, count, slots, most_loss, doubt):
                undo(tables, state, count)
                continue
            gain = gain_of(tables, state, count, slots)
            if gain >= -most_loss:
                keep(tables, state, count, slots, gain)
            else:
                undo(tables, state, count)


@part
def looks_bad(tables: Tables, state: State, count: int, slots: int, most_loss: int, doubt: int) -> bool:
    """Whether a quick look says that the applied move loses too much."""
    if not is_simple(tables, state, count):
        return False
    guess = estimate(tables, state, count) + placement_gain(tables, state, count)
    if guess >= -most_loss:
        return False
    return guess < -most_loss - min(doubt, state.numbers[STIR] // STIR_PARTS) or is_exact(tables, state, count, slots)


@compiled
def mean_loss(tables: Tables, state: State, steps: int) -> int:
    """The mean loss of random moves that lose, to set the heat by; the plan stays as it is."""
    total = losing = 0
    for _ in range(steps):
        count = propose(tables, state)
        if count > 0 and apply(tables, state, count):
            gain = gain_of(tables, state, count, changed_slots(tables, state, count))
            undo(tables, state, count)
            total -= min(gain, 0)
            losing += gain < 0
    return total // max(losing, 1)
