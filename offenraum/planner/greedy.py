"""The smart greedy engine: always the topic, slot and room that add most. Pure Python; also the start of the search."""

from __future__ import annotations

import heapq

from offenraum.planner.board import Board
from offenraum.planner.instance import NOWHERE, Instance
from offenraum.planner.objective import Objective, worth_tables
from offenraum.planner.seating import Seats, seat

Entry = tuple[int, int, int, int, int]


def greedy(instance: Instance, start: Board, objective: Objective) -> Board:
    """Add topics to `start` (which stays as it is) by best marginal gain per slot until nothing more fits or helps."""
    return _Greedy(instance, start, objective).run()


class _Greedy:
    """A heap of topics in slots by gain. A gain falls as its slot fills; only the top is looked at again."""

    def __init__(self, instance: Instance, start: Board, objective: Objective) -> None:
        self.instance = instance
        self.board = Board(instance, start.placements())
        self.worths = worth_tables(objective, instance.ideals)
        self.got = [0] * len(instance.ideals)
        self.seats: list[Seats] = [{} for _ in instance.slot_ids]
        self.hosts_in: list[set[int]] = [set() for _ in instance.slot_ids]
        self.needs_matter = any(instance.useless)
        self.rooms = sorted(range(len(instance.room_ids)), key=lambda r: (instance.places[r], r))
        self.fitting = [frozenset(cells) for cells in instance.fits]
        for s in range(len(instance.slot_ids)):
            self._reseat(s)

    def run(self) -> Board:
        """Place until the heap is empty."""
        unplaced = [t for t, cell in enumerate(self.board.where) if cell == NOWHERE]
        slots = [(t, s) for t in unplaced for s in sorted({s for s, _ in self.fitting[t]})]
        heap = [entry for t, s in slots if (entry := self._entry(t, s))]
        heapq.heapify(heap)
        while heap:
            _, t, s, room, age = heapq.heappop(heap)
            if self.board.where[t] != NOWHERE:
                continue
            if age == self._age(t, s):
                self._put(t, s, room)
            elif entry := self._entry(t, s):
                heapq.heappush(heap, entry)
        return self.board

    def _entry(self, t: int, s: int) -> Entry | None:
        """(falling gain, topic, slot, room, age); none when no room is left or people would only lose."""
        board = self.board
        rooms = [r for r in self.rooms if (s, r) in self.fitting[t] and board.is_free(t, (s, r))]
        if not rooms or board.clash(t, s) is not None or board.short_resource(t, s) is not None:
            return None
        gain, room = self._best_room(t, s, rooms)
        return (-gain // self.instance.lengths[t], t, s, room, self._age(t, s)) if gain >= 0 else None

    def _age(self, t: int, s: int) -> int:
        """How many sessions the slots of a topic have: an entry is as old as that number was."""
        return sum(len(self.board.rooms_of[span]) for span in self.board.span(t, s))

    def _best_room(self, t: int, s: int, rooms: list[int]) -> tuple[int, int]:
        """The highest gain over rooms in rising size, and the tightest room that gives it."""
        if self.needs_matter:
            gains = [self._gain(t, s, r)[0] for r in rooms]
            best = max(gains)
            return best, rooms[gains.index(best)]
        gain, audience = self._gain(t, s, rooms[-1])
        return gain, next((r for r in rooms if self.instance.places[r] >= audience), rooms[-1])

    def _gain(self, t: int, s: int, r: int) -> tuple[int, int]:
        """What its people would win with the topic there (others may take the seats they leave), and how many come."""
        total = audience = 0
        for span in self.board.span(t, s):
            gain, audience = self._slot_gain(t, span, r)
            total += gain
        return total, audience

    def _slot_gain(self, t: int, s: int, r: int) -> tuple[int, int]:
        instance, seats = self.instance, self.seats[s]
        hosts = instance.hosting[t]
        gain, taken = sum(self._change(p, seats, value) for p, value in hosts), len(hosts)
        locked = self.hosts_in[s].union(p for p, _ in hosts)
        for value, people in instance.wishers[t]:
            for p in people:
                if taken >= instance.places[r]:
                    return gain, taken
                if p in locked or (p in seats and seats[p][0] >= value) or r in instance.useless[p]:
                    continue
                gain += self._change(p, seats, value)
                taken += 1
        return gain, taken

    def _change(self, p: int, seats: Seats, value: int) -> int:
        now = self.got[p]
        then = now + value - (seats[p][0] if p in seats else 0)
        return self.worths[p][then] - self.worths[p][now]

    def _put(self, t: int, s: int, r: int) -> None:
        self.board.put(t, (s, r))
        for span in self.board.span(t, s):
            self._reseat(span)

    def _reseat(self, s: int) -> None:
        for p, (value, _) in self.seats[s].items():
            self.got[p] -= value
        sessions = self.board.sessions(s)
        self.seats[s] = seat(self.instance, sessions)
        self.hosts_in[s] = {p for t, _ in sessions for p, _ in self.instance.hosting[t]}
        for p, (value, _) in self.seats[s].items():
            self.got[p] += value
