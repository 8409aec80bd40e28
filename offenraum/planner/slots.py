"""The single slots of a day at prices of topics and seats: what people then value, and which topics a slot allows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from offenraum.planner.covering import SCALE, new_slot
from offenraum.planner.instance import HALVES, Instance
from offenraum.planner.tables import LEVELS, WISHES, Longs, tables


@dataclass(frozen=True, slots=True)
class Prices:
    """In grains: what a topic costs in a slot and what a seat in it costs."""

    topics: Longs
    seats: Longs


class Day:
    """Slots by the topics they allow, and how people value topics at given prices."""

    def __init__(self, instance: Instance) -> None:
        read = tables(instance, "sum")
        self.lengths = np.array(instance.lengths, np.int64)
        kinds = Counter(_allowed(instance, s) for s in range(len(instance.slot_ids)))
        self.kinds = [(np.flatnonzero(np.frombuffer(kind, np.uint8)), count) for kind, count in kinds.items()]
        counts = read.topic[:, WISHES + 1 : WISHES + len(LEVELS) + 1] - read.topic[:, WISHES:-1]
        begins = np.append(read.topic[:, WISHES], len(read.wisher))
        self.topic_of = np.repeat(np.arange(len(self.lengths)), counts.sum(axis=1))
        self.level = np.repeat(np.tile(np.array(LEVELS), len(counts)), counts.ravel()) * SCALE
        hosts = {(p, t) for t, own in enumerate(instance.hosting) for p, _ in own}
        wishes = zip(read.wisher.tolist(), self.topic_of.tolist(), strict=True)
        self.is_seated = np.array([wish not in hosts for wish in wishes], np.bool_)
        self.places = np.array([max((instance.places[r] for _, r in fits), default=0) for fits in instance.fits])
        rooms = max(1, min(len(instance.room_ids), len(self.lengths)))
        self.slot = new_slot(begins, read.wisher, people=len(instance.ideals), rooms=rooms)

    def price(self, prices: Prices) -> None:
        """Set the slot to prices: who needs a seat values a topic less, and a topic brings the seats of its room."""
        self.slot.worth[:] = np.maximum(self.level - self.is_seated * prices.seats[self.topic_of], 0)
        self.slot.prices[:] = prices.topics - prices.seats * self.places

    def allow(self, kind: int) -> int:
        """Set the choices of the slot to the topics of a kind of slot; returns how many there are."""
        topics = self.kinds[kind][0]
        self.slot.choice[0, : len(topics)] = topics
        return len(topics)

    def audience(self, content: Longs) -> tuple[float, Longs]:
        """The half wishes that people get who choose at the prices, and how many need a seat in each topic."""
        wishes = np.flatnonzero(np.isin(self.topic_of, content) & (self.slot.worth > 0))
        order = wishes[np.lexsort((-self.slot.worth[wishes], self.slot.wisher[wishes]))]
        chosen = order[np.unique(self.slot.wisher[order], return_index=True)[1]]
        seated = self.topic_of[chosen[self.is_seated[chosen]]]
        return float(self.level[chosen].sum()) / SCALE, np.bincount(seated, minlength=len(self.lengths))


def _allowed(instance: Instance, s: int) -> bytes:
    """A flag for every topic: whether it can be in a slot, in any room."""
    return bytes(any(s in (begin, _second(instance, t, begin)) for begin, _ in instance.fits[t])
                 for t in range(len(instance.topic_ids)))  # fmt: skip


def _second(instance: Instance, t: int, s: int) -> int:
    return instance.next_slot[s] if instance.lengths[t] == HALVES else -1
