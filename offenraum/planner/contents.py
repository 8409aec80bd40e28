"""Compiled: a good content for one slot by exchanging topics, to find the prices at which it is worth proving."""

from __future__ import annotations

from offenraum.planner.compiled import between, compiled, part
from offenraum.planner.covering import LOSS, MORE, Slot

# Rows of `held` here: the most that the content gives a person, the second most, and from which place the most is.
FIRST, SECOND, FROM = range(3)


@compiled
def improve(slot: Slot, count: int) -> int:
    """Exchange one topic of `content` for one of the first `count` choices while that is better; returns its worth."""
    while True:
        worth = weigh(slot)
        gain, place, t = best_exchange(slot, count)
        if gain <= 0:
            return worth
        slot.content[place] = t


@part
def weigh(slot: Slot) -> int:
    """What the content is worth after paying, and by place what would be lost without its topic."""
    held, content, loss, total = slot.held, slot.content, slot.path[LOSS], 0
    held[FIRST : SECOND + 1, :] = 0
    held[FROM, :] = -1
    for place in range(content.shape[0]):
        loss[place] = 0
        if content[place] >= 0:
            loss[place] = -slot.prices[content[place]]
            total -= slot.prices[content[place]]
            for wish in between(slot.begins[content[place]], slot.begins[content[place] + 1]):
                note(slot, slot.wisher[wish], slot.worth[wish], place)
    for p in range(held.shape[1]):
        total += held[FIRST, p]
        if held[FROM, p] >= 0:
            loss[held[FROM, p]] += held[FIRST, p] - held[SECOND, p]
    return int(total)


@part
def note(slot: Slot, p: int, worth: int, place: int) -> None:
    """A topic of the content gives a person so much."""
    held = slot.held
    if worth > held[FIRST, p]:
        held[SECOND, p] = held[FIRST, p]
        held[FIRST, p] = worth
        held[FROM, p] = place
    elif worth > held[SECOND, p]:
        held[SECOND, p] = worth


@part
def best_exchange(slot: Slot, count: int) -> tuple[int, int, int]:
    """What the best exchange gains, at which place, and the topic that comes in (-1: none)."""
    best, best_place, best_topic, loss, more = 0, -1, -1, slot.path[LOSS], slot.path[MORE]
    for place in range(slot.content.shape[0]):
        if -loss[place] > best:
            best, best_place = -loss[place], place
    for j in range(count):
        t = slot.choice[0, j]
        beside = give(slot, t)
        for place in range(slot.content.shape[0]):
            if beside + more[place] - loss[place] > best and not holds(slot, t):
                best, best_place, best_topic = beside + more[place] - loss[place], place, t
    return best, best_place, best_topic


@part
def holds(slot: Slot, t: int) -> bool:
    """Whether a topic is in the content."""
    is_in = False
    for place in range(slot.content.shape[0]):
        is_in = is_in or slot.content[place] == t
    return is_in


@part
def give(slot: Slot, t: int) -> int:
    """What a topic adds to the content after paying; MORE is what it adds besides when the topic of a place is out."""
    held, more, total = slot.held, slot.path[MORE], -slot.prices[t]
    more[:] = 0
    for wish in between(slot.begins[t], slot.begins[t + 1]):
        p = slot.wisher[wish]
        above = max(slot.worth[wish] - held[FIRST, p], 0)
        total += above
        if held[FROM, p] >= 0:
            more[held[FROM, p]] += max(slot.worth[wish] - held[SECOND, p], 0) - above
    return int(total)
